package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One connection of an end user, who writes into its requests what it likes. */
final class KeptConnection implements AutoCloseable {
    private final Socket socket;

    KeptConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
    }

    /** From another address of this machine. */
    KeptConnection(int port, String from) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.ofLiteral(from), 0);
        socket.setSoTimeout(60_000);
    }

    /** The header that carries a secret. */
    static String bearer(String secret) {
        return "Authorization: Bearer " + secret;
    }

    RawHttp get(String target, String... headers) throws IOException {
        return send("GET", target, "", headers);
    }

    RawHttp send(String method, String target, String body, String... headers) throws IOException {
        List<String> own = !body.isEmpty() ? List.of("Content-Length: " + body.length()) : List.of();
        write(method + " " + target + " HTTP/1.1", Stream.concat(own.stream(), Arrays.stream(headers)));
        socket.getOutputStream().write(body.getBytes(ISO_8859_1));
        return RawHttp.read(socket.getInputStream(), method.equals("HEAD"));
    }

    /** Sends a first line and headers that are not completed by anything. */
    RawHttp raw(String start, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(start).append("\r\n");
        Stream.of(headers).forEach(header -> head.append(header).append("\r\n"));
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(ISO_8859_1));
        return RawHttp.read(socket.getInputStream(), start.startsWith("HEAD "));
    }

    /** Asks for another protocol; what comes after a 101 is read and written by {@link #exchange}. */
    RawHttp upgrade(String target, String... headers) throws IOException {
        write(
                "GET " + target + " HTTP/1.1",
                Stream.concat(
                        Stream.of(
                                "Connection: Upgrade",
                                "Upgrade: websocket",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
                        Arrays.stream(headers)));
        return RawHttp.read(socket.getInputStream(), false);
    }

    /** Sends something that is not HTTP and returns as much of what comes back. */
    String exchange(String sent) throws IOException {
        socket.getOutputStream().write(sent.getBytes(ISO_8859_1));
        return new String(socket.getInputStream().readNBytes(sent.length()), ISO_8859_1);
    }

    private void write(String start, Stream<String> headers) throws IOException {
        StringBuilder head = new StringBuilder(start).append("\r\nHost: guarded.test\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
