/**
 * The command line: what is typed becomes a question to a {@link io.latchkey.application.TokenAdministration}, what is
 * answered becomes text.
 *
 * <p>A {@link io.latchkey.cli.command.Command} reads its {@link io.latchkey.cli.command.Arguments}, parses every value before anything
 * happens, and asks {@link io.latchkey.cli.authority.Authorities} for the administration that a {@link io.latchkey.cli.authority.Location}
 * names; whether that is a file or a server is no concern of the command, so both say the same words. {@link
 * io.latchkey.cli.Assembly} is the only place that knows how the parts of Latchkey fit together: a command asks the
 * adapter of a file or of a server elsewhere, found by {@link java.util.ServiceLoader}; a container is started by {@code
 * serve} and by nothing else.
 *
 * <p>Commands are described to picocli by hand, not by annotations: reading those takes longer than all the rest of
 * {@code latchkey --help}.
 */
@NullMarked
package io.latchkey.cli;

import org.jspecify.annotations.NullMarked;
