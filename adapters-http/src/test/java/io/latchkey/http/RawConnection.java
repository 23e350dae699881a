package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Bytes to a server and bytes back, with nothing between that knows HTTP. */
public final class RawConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private RawConnection() {}

    /** Everything that comes back until the server hangs up. */
    public static String exchange(int port, byte[] request) {
        return exchange(InetAddress.getLoopbackAddress(), port, request, false);
    }

    /** The same with a server at another address. */
    static String exchange(InetAddress host, int port, byte[] request) {
        return exchange(host, port, request, false);
    }

    /** What comes back to somebody who has sent everything and says so. */
    public static String exchangeAndHangUp(int port, byte[] request) {
        return exchange(InetAddress.getLoopbackAddress(), port, request, true);
    }

    private static String exchange(InetAddress host, int port, byte[] request, boolean hangUp) {
        var answer = new ByteArrayOutputStream();
        try (var socket = new Socket(host, port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            try {
                socket.getOutputStream().write(request);
                if (hangUp) {
                    socket.shutdownOutput();
                }
            } catch (IOException e) {
                // The server has heard enough; what it said first still counts.
            }
            socket.getInputStream().transferTo(answer);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer within " + PATIENCE, e);
        } catch (IOException e) {
            // Reset: the server did not read to the end.
        }
        return answer.toString(UTF_8);
    }
}
