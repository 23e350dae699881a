package io.latchkey.http.client;

import io.latchkey.application.StoreBackup;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * The body of a long response as a stream. Fails if the body is shorter than declared. Each read has the full timeout,
 * so a slow server may take any time in total.
 */
final class ResponseStream extends InputStream {
    private final HttpConnection connection;
    private final InputStream in;
    private final Function<IOException, RuntimeException> failure;
    private long left;

    private ResponseStream(
            long length, InputStream in, HttpConnection connection, Function<IOException, RuntimeException> failure) {
        this.left = length;
        this.in = in;
        this.connection = connection;
        this.failure = failure;
    }

    /**
     * A backup with this body.
     *
     * @param in the input of the connection, which is closed with the backup
     * @param failure makes the exception for a body that is too short
     */
    static StoreBackup of(
            long length, InputStream in, HttpConnection connection, Function<IOException, RuntimeException> failure) {
        return new StoreBackup(length, new ResponseStream(length, in, connection, failure));
    }

    @Override
    public int read() {
        byte[] buffer = new byte[1];
        return read(buffer, 0, 1) < 0 ? -1 : buffer[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        if (left == 0) {
            return -1;
        }
        try {
            connection.restartTimeout();
            int read = in.read(bytes, from, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException();
            }
            left -= read;
            return read;
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
