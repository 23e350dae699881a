package io.latchkey.http.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/** Closes the stream when its last byte is read, and so before a client can have received that byte. */
final class ClosingInputStream extends FilterInputStream {
    private final LongConsumer moved;
    private final Runnable then;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long left;
    private long read;

    /**
     * @param length number of bytes to read, or an upper bound
     * @param moved receives the total number of read bytes after each read
     * @param then runs after the stream is closed
     */
    ClosingInputStream(InputStream in, long length, LongConsumer moved, Runnable then) {
        super(in);
        this.moved = moved;
        this.left = length;
        this.then = then;
    }

    @Override
    public int read() throws IOException {
        byte[] buffer = new byte[1];
        return read(buffer, 0, 1) < 0 ? -1 : buffer[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(bytes, from, (int) Math.min(length, left));
        left -= Math.max(count, 0);
        read += Math.max(count, 0);
        moved.accept(read);
        if (left == 0 || count < 0) {
            close();
        }
        return count;
    }

    /** Closes the stream; a failure is unchecked. */
    void end() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed.getAndSet(true)) {
            try {
                in.close();
            } finally {
                then.run();
            }
        }
    }
}
