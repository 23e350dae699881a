package io.latchkey.http.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * An answer whose head has come, and whose body is read as it comes: somebody who sends at all is given time.
 *
 * @param trouble how it is told that the body did not come as it should
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

    /** The body, which fails where it ends before it should. */
    InputStream body() {
        try {
            return new Renewing(reader.body(received));
        } catch (IOException e) {
            close();
            throw brokenOff(e);
        }
    }

    /** All of it, and the end of the connection. */
    RawResponse read() {
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
            connection.renew();
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            connection.renew();
            return in.read(bytes, from, length);
        }
    }
}
