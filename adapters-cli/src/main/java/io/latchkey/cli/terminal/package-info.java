/**
 * The environment of a command: variables, standard streams, terminal, private files.
 *
 * <p>Uses the JDK and the application.
 *
 * <p>Begin with {@link io.latchkey.cli.terminal.Environment}, {@link io.latchkey.cli.terminal.TerminalTable}.
 */
@NullMarked
package io.latchkey.cli.terminal;

import org.jspecify.annotations.NullMarked;
