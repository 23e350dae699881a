/**
 * What every command is made of: description, arguments, exit codes, usage errors.
 *
 * <p>Uses {@code terminal} and picocli.
 *
 * <p>Begin with {@link io.latchkey.cli.command.Command}, {@link io.latchkey.cli.command.Arguments}. A command parses
 * all values before it does anything.
 *
 * <p>Why commands are described to picocli by code and not by annotations: reading annotations takes longer than the
 * rest of {@code latchkey --help}.
 */
@NullMarked
package io.latchkey.cli.command;

import org.jspecify.annotations.NullMarked;
