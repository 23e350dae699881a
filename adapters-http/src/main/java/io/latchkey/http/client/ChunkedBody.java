package io.latchkey.http.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body that comes in chunks (RFC 9112, 7.1), without what is between them. */
final class ChunkedBody extends InputStream {
    private final ResponseReader reader;
    private int left;
    private boolean begun;
    private boolean ended;

    /** The body that follows the head that was read. */
    ChunkedBody(ResponseReader reader) {
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (left == 0 && !ended) {
            if (begun) {
                reader.endChunk();
            }
            begun = true;
            left = reader.beginChunk();
            ended = left == 0;
        }
        if (ended) {
            return -1;
        }
        int count = reader.in().read(bytes, from, Math.min(length, left));
        if (count < 0) {
            throw new EOFException();
        }
        left -= count;
        return count;
    }
}
