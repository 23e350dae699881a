/**
 * Which authority a command asks, with which token, and where its answer goes.
 *
 * <p>Uses {@code command}, {@code terminal}.
 *
 * <p>Begin with {@link io.latchkey.cli.authority.Location} and {@link io.latchkey.cli.authority.Authorities}.
 *
 * <p>Why the owner of the file needs no token: a user who can write the file could forge any row, so the local command line
 * asks for none; that is also the way back from a lost operator token. With a token it acts within that token's limits.
 */
@NullMarked
package io.latchkey.cli.authority;

import org.jspecify.annotations.NullMarked;
