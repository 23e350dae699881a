package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Bytes to a server and bytes back, with nothing between that knows HTTP. */
final class RawConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private RawConnection() {}

    /** Everything that comes back until the server hangs up. */
    static String exchange(int port, byte[] request) {
        return exchange(InetAddress.getLoopbackAddress(), port, request);
    }

    static String exchange(InetAddress host, int port, byte[] request) {
        try (var socket = new Socket(host, port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            try {
                socket.getOutputStream().write(request);
            } catch (IOException e) {
                // The server has heard enough; what it said first still counts.
            }
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer within " + PATIENCE, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
