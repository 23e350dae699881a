/**
 * Which authority a command asks, with which token, and where its answer goes.
 *
 * <p>Uses {@code command}, {@code terminal}.
 *
 * <p>Begin with {@link io.latchkey.cli.authority.Location} and {@link io.latchkey.cli.authority.Authorities}.
 */
@NullMarked
package io.latchkey.cli.authority;

import org.jspecify.annotations.NullMarked;
