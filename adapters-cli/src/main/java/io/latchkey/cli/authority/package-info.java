/**
 * Which authority a command uses, with which token, and where its result goes.
 *
 * <p>Uses {@code command}, {@code terminal}.
 *
 * <p>Begin with {@link io.latchkey.cli.authority.Location} and {@link io.latchkey.cli.authority.Authorities}.
 *
 * <p>Why a command does not know whether the authority is a file or a server: both then behave the same and print the
 * same texts. Only {@code serve} starts a container.
 *
 * <p>Why the owner of the file needs no token: a user who can write the file could forge any row, so the local command
 * line does not require one; this is also how a lost operator token is replaced. With a token, a command acts within
 * its limits.
 */
@NullMarked
package io.latchkey.cli.authority;

import org.jspecify.annotations.NullMarked;
