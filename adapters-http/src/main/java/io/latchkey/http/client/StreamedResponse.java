package io.latchkey.http.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * A response whose headers were read and whose body is read as a stream. Each read has the full timeout, so a slow
 * server may take any time in total.
 *
 * @param trouble makes the exception for a body that breaks off
 */
record StreamedResponse(
        ResponseReader reader,
        ResponseReader.Head received,
        HttpConnection connection,
        Function<IOException, RuntimeException> trouble)
        implements AutoCloseable {
    /** Status and headers. */
    RawResponse head() {
        return received.alone();
    }

    /** The body as a stream, which fails if it breaks off. */
    InputStream body() {
        try {
            return new Renewing(reader.body(received));
        } catch (IOException e) {
            close();
            throw brokenOff(e);
        }
    }

    /** Reads the complete response and closes the connection. */
    RawResponse read() {
        connection.restartTimeout();
        try {
            return reader.read(received);
        } catch (IOException e) {
            throw brokenOff(e);
        } finally {
            close();
        }
    }

    RuntimeException brokenOff(IOException e) {
        return trouble.apply(e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    private final class Renewing extends FilterInputStream {
        Renewing(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            connection.restartTimeout();
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            connection.restartTimeout();
            return in.read(bytes, from, length);
        }
    }
}
