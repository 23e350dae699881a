package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Sends bytes to a Unix-domain socket and reads its bytes. */
public record UnixConnection(Path file) {
    /** The response until the server closes the connection. */
    public String exchange(String request) {
        return exchange(request.getBytes(UTF_8));
    }

    String exchange(byte[] request) {
        try (SocketChannel connection = open()) {
            try {
                connection.write(ByteBuffer.wrap(request));
            } catch (IOException e) {
                // The server has closed the connection; its response is still valid.
            }
            return rest(connection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SocketChannel open() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(file));
    }

    /** What the server sends until it closes the connection. */
    public static String rest(SocketChannel connection) {
        var answer = new StringBuilder();
        ByteBuffer bytes = ByteBuffer.allocate(65536);
        try {
            while (connection.read(bytes) >= 0) {
                answer.append(UTF_8.decode(bytes.flip()));
                bytes.clear();
            }
        } catch (IOException e) {
            // Reset, because the server did not read everything.
        }
        return answer.toString();
    }
}
