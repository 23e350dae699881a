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
 * A proxy through which TLS connections are made (RFC 9110, section 9.3.6): it learns the server's name and port, and
 * nothing of what is said.
 *
 * @param address {@code http://HOST:PORT}, perhaps with a user and a password
 */
public record HttpProxy(URI address) {
    private static final int USUAL_PORT = 80;

    /** The proxy makes no connection. */
    public @SuppressWarnings("serial") // never serialized
    static final class Refused extends IOException {
        private final int status;

        Refused(int status) {
            super("the proxy answered " + status);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    String host() {
        return server().host();
    }

    int port() {
        return server().port() < 0 ? USUAL_PORT : server().port();
    }

    private HostAndPort server() {
        return HostAndPort.of(address).orElseThrow();
    }

    /** Asks at the other end of a connection for one to a server. */
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
        // Not buffered: what comes behind the answer is the server's.
        int status = new ResponseReader(socket.getInputStream()).head().status();
        if (status / 100 != 2) {
            throw new Refused(status);
        }
    }
}
