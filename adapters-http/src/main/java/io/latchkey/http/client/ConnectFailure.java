package io.latchkey.http.client;

import io.latchkey.application.remote.HostAndPort;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;

/** Why there is no connection to a server, and what to look at, for the person who has to do something about it. */
final class ConnectFailure {
    private static final String NO_ROUTE =
            "no route leads there: is this the right address, and is this machine in the right network?";

    private ConnectFailure() {}

    /**
     * Half a sentence. Java tells some of these apart by their words alone.
     *
     * @param address of the server, without a port if the user gave none
     */
    static String reason(URI address, IOException failure) {
        return switch (failure) {
            case SocketTimeoutException _ -> "no connection within 5 seconds" + silent(address);
            case UnknownHostException _ -> "unknown host: is the name right, and does this machine's DNS know it?";
            case NoRouteToHostException _ -> NO_ROUTE;
            case IOException e
            when says(e, "refused") ->
                "connection refused: is a server running there, and is this its port?" + port(address);
            case IOException e when says(e, "unreachable") -> NO_ROUTE;
            case IOException e when says(e, "timed out") -> "no connection" + silent(address);
            default ->
                failure.getMessage() == null ? "there is no way to it" : "no connection, " + failure.getMessage();
        };
    }

    private static String silent(URI address) {
        return ": is that machine on, and does a firewall let this port through?" + port(address);
    }

    private static String port(URI address) {
        return HostAndPort.of(address).filter(server -> server.port() >= 0).isPresent()
                ? ""
                : " Without a port it is " + RawRequest.usualPort(address)
                        + "; Latchkey's is 8181 unless it was told another";
    }

    private static boolean says(Throwable failure, String words) {
        return failure.getMessage() != null && failure.getMessage().contains(words);
    }
}
