package io.latchkey.cli.serve;

import io.latchkey.application.remote.ServerTrust;
import io.latchkey.application.remote.ServerTrust.Verification;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.ServerOptions;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.terminal.ListenAddress;
import io.latchkey.domain.TokenFailure;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Where the server of a database file on this machine has its console. */
final class ConsoleAddress {
    private static final String URL = "--url";
    private static final String TLS_CA = "--tls-ca";
    private static final String CONSOLE_BIND = "--console-bind";
    private static final List<String> OPTIONS = List.of(URL, CONSOLE_BIND, "--http-bind");

    private ConsoleAddress() {}

    static void addTo(CommandSpec spec) {
        spec.addOption(ServerOptions.listenAddress(
                        "Address where the server of the database file listens (default: 127.0.0.1:8181)"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<HOST:PORT>", "Address of its console, if that has another one", CONSOLE_BIND),
                        "LATCHKEY_CONSOLE_BIND"))
                .addOption(CommandSpecs.value(
                        "<URL>",
                        "URL of the server instead, such as https://tokens.example.com, if it uses TLS or is behind a"
                                + " proxy",
                        URL));
    }

    /** Refuses the options where they would change nothing. */
    static void refuseWithServer(Arguments arguments) {
        for (String option : OPTIONS) {
            if (arguments.has(option)) {
                throw arguments.refused(
                        "--host cannot be used with " + option + ": it says where the server of a database file is");
            }
        }
    }

    /** Whether the URL of the server was given. */
    static boolean hasUrl(Arguments arguments) {
        return arguments.has(URL);
    }

    /**
     * The server. Commands send it no secret, so any certificate is accepted unless an authority was given to check it; the
     * browser checks it.
     */
    static Location.Remote of(Arguments arguments) {
        Optional<Path> authority = arguments.has(TLS_CA) ? arguments.parse(TLS_CA, Location::path) : Optional.empty();
        return new Location.Remote(
                url(arguments), new ServerTrust(authority, authority.isPresent() ? Verification.ON : Verification.OFF));
    }

    private static URI url(Arguments arguments) {
        return arguments
                .parse(URL, Location::address)
                .or(() -> arguments
                        .given(CONSOLE_BIND)
                        .map(given -> arguments.parse(given, text -> reachable(ListenAddress.parse(text)))))
                .orElseGet(() -> reachable(ServerOptions.listenAddress(arguments)));
    }

    /** A server that listens at all addresses is reached by the loopback address. */
    private static URI reachable(ListenAddress bind) {
        if (bind.port() == 0) {
            throw new TokenFailure.Invalid("http-bind", "the server chooses its port: give its URL with --url");
        }
        String host = switch (bind.host()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            case String other -> other;
        };
        return URI.create("http://" + new ListenAddress(host, bind.port()));
    }
}
