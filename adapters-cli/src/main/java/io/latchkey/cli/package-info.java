/**
 * The command line: turns arguments into calls of an authority, and results into text.
 *
 * <p>May use all packages below it; the adapters of files and servers are found by {@link java.util.ServiceLoader}.
 * Only {@link io.latchkey.cli.Assembly} knows how the parts fit together.
 *
 * <p>Begin with {@link io.latchkey.cli.Main}; a command is a {@link io.latchkey.cli.command.Command}.
 */
@NullMarked
package io.latchkey.cli;

import org.jspecify.annotations.NullMarked;
