package io.latchkey.cli.serve;

import io.latchkey.application.StoreLocation;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.terminal.Desktop;
import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;

/** {@code console}: a link that signs in to the web console of a server. */
public record ConsoleSignIn(Authorities authorities) implements Command {
    private static final String NO_OPEN = "--no-open";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                this,
                "console",
                "Print a link that signs in to the web console of a running server, once, within a minute, and open it"
                        + " in the browser if this is the terminal of a desktop. Without --host, it signs in as the owner of the database file, with a code whose digest is left"
                        + " beside the file; with --host, as the token, which the browser never sees.");
        spec.addOption(CommandSpecs.flag("Only print the link: open no browser, also on a desktop", NO_OPEN));
        ConsoleAddress.addTo(spec);
        AuthorityOptions.addTo(spec);
        return CommandSpecs.withExamples(
                spec,
                "  latchkey console",
                "  latchkey console --db /var/lib/latchkey/latchkey.db --url https://tokens.example.com",
                "  latchkey console --host http://127.0.0.1:8181 --token @operator.token");
    }

    @Override
    public String failure() {
        return "Console command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        URI link = link(arguments);
        arguments.environment().out().print(TerminalText.of(link.toString()) + "\n");
        arguments.environment().out().flush();
        if (!arguments.flag(NO_OPEN)) {
            Desktop.of(arguments.environment()).open(link);
        }
        return ExitCode.OK;
    }

    /** With the URL of the server of a database file, the options for TLS are about that server. */
    private static Location location(Arguments arguments) {
        return ConsoleAddress.hasUrl(arguments) && arguments.given("--host").isEmpty()
                ? new Location.Store(Location.store(arguments))
                : Location.of(arguments);
    }

    private URI link(Arguments arguments) {
        Location location = location(arguments).existing();
        return switch (location) {
            case Location.Store(StoreLocation store) -> {
                if (arguments.has("--token")) {
                    throw arguments.refused("--token needs --host: the owner of the database file needs no token");
                }
                yield authorities.ownerLink(store, ConsoleAddress.of(arguments));
            }
            case Location.Remote server -> {
                ConsoleAddress.refuseWithServer(arguments);
                yield authorities.consoleLink(server, Credential.of(arguments)).url();
            }
        };
    }
}
