package io.latchkey.http.client;

import io.latchkey.application.remote.HostAndPort;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;

/** Explains why there is no connection to a server, and what to check. */
final class ConnectFailure {
    private static final String NO_ROUTE =
            "no route to this address; check the address and the network of this machine";

    private ConnectFailure() {}

    /**
     * The reason, to follow a colon. Some failures differ only in the text of Java's message.
     *
     * @param address of the server, as the user gave it
     */
    static String reason(URI address, IOException failure) {
        return switch (failure) {
            case SocketTimeoutException _ -> "no connection within 5 seconds" + timeoutHint(address);
            case UnknownHostException _ -> "unknown host; check the name and the DNS of this machine";
            case NoRouteToHostException _ -> NO_ROUTE;
            case IOException e
            when says(e, "refused") ->
                "connection refused; check that the server is running and that this is its port" + port(address);
            case IOException e when says(e, "unreachable") -> NO_ROUTE;
            case IOException e when says(e, "timed out") -> "the connection timed out" + timeoutHint(address);
            default -> failure.getMessage() == null ? "no connection" : "no connection: " + failure.getMessage();
        };
    }

    private static String timeoutHint(URI address) {
        return "; check that the machine is running and that no firewall blocks this port" + port(address);
    }

    private static String port(URI address) {
        return HostAndPort.of(address).filter(server -> server.port() >= 0).isPresent()
                ? ""
                : " (the address has no port, so it is " + RawRequest.defaultPort(address)
                        + "; the default of Latchkey is 8181)";
    }

    private static boolean says(Throwable failure, String words) {
        return failure.getMessage() != null && failure.getMessage().contains(words);
    }
}
