package io.latchkey.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * The body of a long answer as it comes: it ends where it was said to, or fails. Somebody who sends at all is given time.
 */
final class Download extends InputStream {
    private final HttpConnection connection;
    private final InputStream in;
    private final Function<IOException, RuntimeException> trouble;
    private long left;

    /**
     * @param connection closed with this
     * @param in what comes on it
     * @param trouble how it is told that too little came
     */
    Download(HttpConnection connection, InputStream in, long length, Function<IOException, RuntimeException> trouble) {
        this.connection = connection;
        this.in = in;
        this.trouble = trouble;
        this.left = length;
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
