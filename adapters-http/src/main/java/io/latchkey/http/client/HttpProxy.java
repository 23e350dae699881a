package io.latchkey.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.remote.HostAndPort;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Base64;
import java.util.Locale;

/**
 * A proxy for TLS connections (CONNECT, RFC 9110, section 9.3.6); it sees only the name and port of the server.
 *
 * @param address {@code http://HOST:PORT}, optionally with user and password
 */
public record HttpProxy(URI address) {
    private static final int DEFAULT_PORT = 80;

    /** The proxy refuses to connect. */
    public @SuppressWarnings("serial") // never serialized
    static final class Refused extends IOException {
        private final int status;

        Refused(int status) {
            super("the proxy answered " + status);
            this.status = status;
        }

        /** The status of the proxy's response. */
        public int status() {
            return status;
        }
    }

    String host() {
        return server().host();
    }

    int port() {
        return server().port() < 0 ? DEFAULT_PORT : server().port();
    }

    private HostAndPort server() {
        return HostAndPort.of(address).orElseThrow();
    }

    /** Requests a connection to a server over a connection to the proxy. */
    void connect(Socket socket, String host, int port) throws IOException {
        StringBuilder head = new StringBuilder()
                .append(String.format(Locale.ROOT, "CONNECT %s:%d HTTP/1.1\r\nHost: %1$s:%2$d\r\n", host, port))
                .append("User-Agent: latchkey\r\n");
        if (address.getUserInfo() != null) {
            String credential =
                    Base64.getEncoder().encodeToString(address.getUserInfo().getBytes(UTF_8));
            head.append("Proxy-Authorization: Basic ").append(credential).append("\r\n");
        }
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(ISO_8859_1));
        // Not buffered, because the bytes after the response come from the server.
        int status = new ResponseReader(socket.getInputStream()).head().status();
        if (status / 100 != 2) {
            throw new Refused(status);
        }
    }
}
