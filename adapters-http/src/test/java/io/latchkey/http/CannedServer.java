package io.latchkey.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** A server with canned responses; closes each connection after the response. */
public final class CannedServer implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 22;

    private final ServerSocket socket;
    private final List<String> heads = Collections.synchronizedList(new ArrayList<>());

    public CannedServer(String answer) {
        this(_ -> answer);
    }

    /** The response depends on the request. */
    public CannedServer(UnaryOperator<String> answers) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> serve(answers));
    }

    /** A response with a body and its content type. */
    public static CannedServer answering(int status, String type, String body) {
        return new CannedServer(answer(status, type, body));
    }

    public static String answer(int status, String type, String body) {
        return "HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\nConnection: close\r\n\r\n" + body;
    }

    private void serve(UnaryOperator<String> answers) {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                String head = head(client);
                heads.add(head);
                client.getOutputStream().write(answers.apply(head).getBytes(UTF_8));
            } catch (IOException e) {
                // The test is over, or the client has closed the connection.
            }
        }
    }

    private static String head(Socket client) throws IOException {
        var head = new StringBuilder();
        int next;
        while (head.indexOf("\r\n\r\n") < 0 && (next = client.getInputStream().read()) >= 0) {
            head.append((char) next);
            if (next == TLS_HANDSHAKE && head.length() == 1) {
                return "TLS";
            }
        }
        int length = head.indexOf("Content-Length: ") < 0
                ? 0
                : Integer.parseInt(head.substring(head.indexOf("Content-Length: ") + 16)
                        .lines()
                        .findFirst()
                        .orElseThrow());
        return head + new String(client.getInputStream().readNBytes(length), ISO_8859_1);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** The last request. */
    public String received() {
        return heads.getLast();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
