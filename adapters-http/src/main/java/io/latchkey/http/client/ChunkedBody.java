package io.latchkey.http.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Decodes a chunked body (RFC 9112, section 7.1). */
final class ChunkedBody extends InputStream {
    private final ResponseReader reader;
    private int left;
    private boolean started;
    private boolean ended;

    /** The body after the headers that the reader has read. */
    ChunkedBody(ResponseReader reader) {
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        byte[] buffer = new byte[1];
        return read(buffer, 0, 1) < 0 ? -1 : buffer[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (left == 0 && !ended) {
            if (started) {
                reader.endChunk();
            }
            started = true;
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
