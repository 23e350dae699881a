/**
 * The commands on tokens: create, update, rotate, disable, enable, delete, purge, show, check, query.
 *
 * <p>Uses {@code authority}, {@code command}, {@code terminal}.
 *
 * <p>Begin with {@link io.latchkey.cli.token.CreateToken}; {@link io.latchkey.cli.token.TokenFile} is the file of an
 * offline token.
 */
@NullMarked
package io.latchkey.cli.token;

import org.jspecify.annotations.NullMarked;
