package io.latchkey.cli.serve;

import io.latchkey.application.ConsoleLink;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** {@code console}: a link that signs in to the web console of a server. */
public record ConsoleSignIn(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                this,
                "console",
                "Print a link that signs in to the web console of a server with a token. It is valid once, for a minute;"
                        + " the browser never sees the token.");
        AuthorityOptions.addTo(spec);
        return CommandSpecs.withExamples(
                spec, "  latchkey console --host http://127.0.0.1:8181 --token @operator.token");
    }

    @Override
    public String failure() {
        return "Console command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        return switch (Location.of(arguments)) {
            case Location.Store _ ->
                throw arguments.refused(
                        "console needs --host and --token: a server has a console, and a file has none");
            case Location.Remote server -> {
                ConsoleLink link = authorities.consoleLink(server, Credential.of(arguments));
                arguments.environment().out().print(TerminalText.of(link.url().toString()) + "\n");
                yield ExitCode.OK;
            }
        };
    }
}
