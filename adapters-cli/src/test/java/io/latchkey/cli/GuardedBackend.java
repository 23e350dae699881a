package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is guarded: keeps whatever reaches it, and after an upgrade gives every byte back. */
final class GuardedBackend extends Loopback {
    private final List<RawHttp> received = new CopyOnWriteArrayList<>();

    GuardedBackend() throws IOException {}

    /** Whatever came. */
    List<RawHttp> received() {
        return received;
    }

    /** Whatever came for a path. */
    List<RawHttp> received(String path) {
        return received.stream()
                .filter(request -> request.start().matches("\\S+ " + path + "(\\?\\S*)? .*"))
                .toList();
    }

    @Override
    void talk(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        for (RawHttp request = RawHttp.read(in, false); !request.start().isEmpty(); request = RawHttp.read(in, false)) {
            received.add(request);
            boolean upgraded = request.value("Connection").equalsIgnoreCase("upgrade")
                    && request.value("Upgrade").equals("websocket");
            String answer = upgraded
                    ? "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Accept: " + accepted(request.value("Sec-WebSocket-Key")) + "\r\n\r\n"
                    : "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"
                            + (request.start().startsWith("HEAD") ? "" : "done");
            connection.getOutputStream().write(answer.getBytes(US_ASCII));
            if (upgraded) {
                in.transferTo(connection.getOutputStream());
                return;
            }
        }
    }

    /** The proof that the other side speaks WebSocket (RFC 6455, section 4.2.2), which HAProxy checks. */
    private static String accepted(String key) {
        try {
            byte[] proof = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(proof);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
