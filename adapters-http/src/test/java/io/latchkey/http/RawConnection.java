package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Sends bytes to a server and reads its bytes, without an HTTP library. */
public final class RawConnection {

    private RawConnection() {}

    /** The response until the server closes the connection. */
    public static String exchange(int port, byte[] request) {
        return exchange(InetAddress.getLoopbackAddress(), port, request, false);
    }

    /** The same for another address. */
    static String exchange(InetAddress host, int port, byte[] request) {
        return exchange(host, port, request, false);
    }

    /** The response after the client has closed its side of the connection. */
    public static String exchangeAndHangUp(int port, byte[] request) {
        return exchange(InetAddress.getLoopbackAddress(), port, request, true);
    }

    private static String exchange(InetAddress host, int port, byte[] request, boolean hangUp) {
        var answer = new ByteArrayOutputStream();
        try (var socket = new Socket(host, port)) {
            socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
            try {
                socket.getOutputStream().write(request);
                if (hangUp) {
                    socket.shutdownOutput();
                }
            } catch (IOException e) {
                // The server has closed the connection; its response is still valid.
            }
            socket.getInputStream().transferTo(answer);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer within " + Eventually.PATIENCE, e);
        } catch (IOException e) {
            // Reset, because the server did not read everything.
        }
        return answer.toString(UTF_8);
    }
}
