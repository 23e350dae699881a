package io.latchkey.cli;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ServerGreeting;
import io.latchkey.application.ServerTrust;
import io.latchkey.application.ServerTrust.Verification;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The address that a server on this machine listens on, or will. */
record ListenAddress(Authorities authorities, Arguments arguments) {
    private static final String SUBJECT = "address";

    List<Finding> findings() {
        BindAddress bind = arguments
                .given("--http-bind", "LATCHKEY_HTTP_BIND", "INFLUXDB3_HTTP_BIND_ADDR")
                .map(given -> arguments.parse(given, BindAddress::parse))
                .orElse(BindAddress.USUAL);
        return List.of(look(bind));
    }

    private Finding look(BindAddress bind) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(bind.host(), bind.port()));
            return Finding.good(SUBJECT, bind + " is free");
        } catch (IOException e) {
            String seen = bind + " cannot be listened on: " + ListenFailure.reason(e);
            return switch (ListenFailure.of(e)) {
                case TAKEN -> taken(bind);
                case FORBIDDEN ->
                    Finding.bad(SUBJECT, seen, "start the server as a user who may, or serve with another --http-bind");
                case NO_SUCH_ADDRESS, OTHER -> Finding.bad(SUBJECT, seen, "serve with another --http-bind");
            };
        }
    }

    private Finding taken(BindAddress bind) {
        try {
            return authority(bind.toString(), greet("http", bind));
        } catch (AuthorityUnavailable inTheClear) {
            try {
                return authority(bind + " over TLS", greet("https", bind));
            } catch (AuthorityUnavailable overTls) {
                return Finding.bad(
                        SUBJECT,
                        bind + " is taken, and not by a token authority: " + inTheClear.getMessage() + " And: "
                                + overTls.getMessage(),
                        "end what listens there, or serve with another --http-bind");
            }
        }
    }

    /** What is asked carries no secret, so any certificate will do. */
    private ServerGreeting greet(String scheme, BindAddress bind) {
        return authorities.greet(
                new Location.Remote(
                        URI.create(scheme + "://" + bind), new ServerTrust(Optional.empty(), Verification.OFF)),
                Optional.empty());
    }

    private static Finding authority(String place, ServerGreeting greeting) {
        String who = greeting.product().orElse("a token authority");
        return switch (greeting.condition()) {
            case ANSWERING -> Finding.good(SUBJECT, who + " listens on " + place);
            case UNAVAILABLE ->
                Finding.bad(
                        SUBJECT,
                        who + " listens on " + place + " and cannot answer now (503)",
                        "its log says why, and so may what is said of its database here");
        };
    }
}
