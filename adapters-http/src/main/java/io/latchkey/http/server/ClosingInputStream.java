package io.latchkey.http.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/** A stream that is closed with the last byte that is read of it: before anybody can have seen that byte elsewhere. */
final class ClosingInputStream extends FilterInputStream {
    private final LongConsumer moved;
    private final Runnable then;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long left;
    private long read;

    /**
     * @param length of what is read, or more
     * @param moved hears after each read how many bytes were read in all
     * @param then what is done once it is closed
     */
    ClosingInputStream(InputStream in, long length, LongConsumer moved, Runnable then) {
        super(in);
        this.moved = moved;
        this.left = length;
        this.then = then;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
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

    /** Closes it for somebody who can do nothing about it if that fails. */
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
