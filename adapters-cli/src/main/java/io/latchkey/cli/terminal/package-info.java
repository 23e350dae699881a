/**
 * The process around a command: environment, standard streams, terminal, files for people.
 *
 * <p>Uses the JDK and the application.
 *
 * <p>Begin with {@link io.latchkey.cli.terminal.Environment}, {@link io.latchkey.cli.terminal.TerminalTable}.
 */
@NullMarked
package io.latchkey.cli.terminal;

import org.jspecify.annotations.NullMarked;
