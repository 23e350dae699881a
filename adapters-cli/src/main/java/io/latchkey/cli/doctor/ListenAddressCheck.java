package io.latchkey.cli.doctor;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ServerDescription;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.application.remote.ServerTrust.Verification;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.ServerOptions;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.terminal.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Checks the address where a server on this machine listens or will listen. */
record ListenAddressCheck(Authorities authorities, Arguments arguments) {
    private static final String SUBJECT = "address";

    List<CheckResult> findings() {
        return List.of(look(ServerOptions.listenAddress(arguments)));
    }

    private CheckResult look(ListenAddress bind) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(bind.host(), bind.port()));
            return CheckResult.good(SUBJECT, bind + " is free");
        } catch (IOException e) {
            String seen = bind + " cannot be used: " + ListenFailure.reason(e);
            return switch (ListenFailure.of(e)) {
                case TAKEN -> taken(bind);
                case FORBIDDEN ->
                    CheckResult.bad(
                            SUBJECT,
                            seen,
                            "start the server as a user with the privilege, or with another --http-bind");
                case NO_SUCH_ADDRESS, OTHER ->
                    CheckResult.bad(SUBJECT, seen, "start the server with another --http-bind");
            };
        }
    }

    private CheckResult taken(ListenAddress bind) {
        try {
            return authority(bind.toString(), greet("http", bind));
        } catch (AuthorityUnavailable inTheClear) {
            try {
                return authority(bind + " over TLS", greet("https", bind));
            } catch (AuthorityUnavailable overTls) {
                return CheckResult.bad(
                        SUBJECT,
                        bind + " is used by a program that is not a token authority: " + inTheClear.getMessage()
                                + " And: " + overTls.getMessage(),
                        "stop that program, or start the server with another --http-bind");
            }
        }
    }

    /** Sends no secret, so any certificate is accepted. */
    private ServerDescription greet(String scheme, ListenAddress bind) {
        return authorities.greet(
                new Location.Remote(
                        URI.create(scheme + "://" + bind), new ServerTrust(Optional.empty(), Verification.OFF)),
                Optional.empty());
    }

    private static CheckResult authority(String place, ServerDescription greeting) {
        String who = greeting.product().orElse("a token authority");
        return switch (greeting.condition()) {
            case ANSWERING -> CheckResult.good(SUBJECT, who + " listens on " + place);
            case UNAVAILABLE ->
                CheckResult.bad(
                        SUBJECT,
                        who + " listens on " + place + " and cannot answer now (503)",
                        "see its log for the reason, and the checks of the database here");
        };
    }
}
