package io.latchkey.http.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openqa.selenium.json.Json;

/**
 * The protocol that Firefox itself speaks, which is WebDriver's commands without HTTP: a message is a JSON array with its
 * length before it. So no driver is needed, which Debian does not have.
 */
final class Marionette implements AutoCloseable {
    private static final int COMMAND = 0;

    private final Socket socket;
    private final InputStream in;
    private int last;

    /** Connects to a Firefox on this machine. */
    Marionette(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = new BufferedInputStream(socket.getInputStream());
        read(); // what it is
    }

    /**
     * What a command results in; empty if it results in nothing.
     *
     * @throws AssertionError if Firefox cannot do it
     */
    Optional<Object> ask(String command, Map<String, ?> parameters) {
        try {
            last++;
            byte[] message = new Json()
                    .toJson(List.of(COMMAND, last, command, parameters))
                    .getBytes(UTF_8);
            socket.getOutputStream().write((message.length + ":").getBytes(UTF_8));
            socket.getOutputStream().write(message);
            List<?> answer = new Json().toType(read(), List.class);
            if (answer.get(2) instanceof Map<?, ?> error) {
                throw new AssertionError(command + " " + parameters + ": " + error.get("message"));
            }
            return answer.get(3) instanceof Map<?, ?> result && result.containsKey("value")
                    ? Optional.ofNullable(result.get("value"))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read() throws IOException {
        int length = 0;
        for (int digit = in.read(); digit != ':'; digit = in.read()) {
            if (digit < '0' || digit > '9') {
                throw new IOException("expected a length, not " + digit);
            }
            length = length * 10 + digit - '0';
        }
        return new String(in.readNBytes(length), UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
