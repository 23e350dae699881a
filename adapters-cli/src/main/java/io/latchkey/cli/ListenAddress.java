package io.latchkey.cli;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ServerGreeting;
import io.latchkey.application.ServerTrust;
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
        return List.of(isFree(bind) ? Finding.good(SUBJECT, bind + " is free") : taken(bind));
    }

    private static boolean isFree(BindAddress bind) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(bind.host(), bind.port()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Finding taken(BindAddress bind) {
        try {
            ServerGreeting greeting = authorities.greet(
                    new Location.Remote(URI.create("http://" + bind), ServerTrust.USUAL), Optional.empty());
            return Finding.good(SUBJECT, greeting.product().orElse("a token authority") + " listens on " + bind);
        } catch (AuthorityUnavailable e) {
            return Finding.bad(
                    SUBJECT,
                    bind + " cannot be listened on, and no token authority answers there",
                    "end what listens there, or serve with another --http-bind");
        }
    }
}
