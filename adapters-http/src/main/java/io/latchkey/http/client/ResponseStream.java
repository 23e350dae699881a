package io.latchkey.http.client;

import io.latchkey.application.StoreBackup;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * The body of a long answer as it comes: it ends where it was said to, or fails. Somebody who sends at all is given time.
 */
final class ResponseStream extends InputStream {
    private final HttpConnection connection;
    private final InputStream in;
    private final Function<IOException, RuntimeException> trouble;
    private long left;

    private ResponseStream(
            long length, InputStream in, HttpConnection connection, Function<IOException, RuntimeException> trouble) {
        this.left = length;
        this.in = in;
        this.connection = connection;
        this.trouble = trouble;
    }

    /**
     * The copy that is such a body; loaded by nobody who downloads nothing.
     *
     * @param in what comes on the connection, which is closed with the copy
     * @param trouble how it is told that too little came
     */
    static StoreBackup of(
            long length, InputStream in, HttpConnection connection, Function<IOException, RuntimeException> trouble) {
        return new StoreBackup(length, new ResponseStream(length, in, connection, trouble));
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        if (left == 0) {
            return -1;
        }
        try {
            connection.renew();
            int read = in.read(bytes, from, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException();
            }
            left -= read;
            return read;
        } catch (IOException e) {
            throw trouble.apply(e);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
