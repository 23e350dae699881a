/**
 * What every command is made of: description, arguments, exit codes, usage errors.
 *
 * <p>Uses {@code terminal} and picocli.
 *
 * <p>Begin with {@link io.latchkey.cli.command.Command}, {@link io.latchkey.cli.command.Arguments}.
 */
@NullMarked
package io.latchkey.cli.command;

import org.jspecify.annotations.NullMarked;
