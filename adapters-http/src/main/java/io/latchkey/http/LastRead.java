package io.latchkey.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream that is closed with the last byte that is read of it: before anybody can have seen that byte elsewhere. */
final class LastRead extends FilterInputStream {
    private final Runnable then;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long left;

    /**
     * @param length of what is read
     * @param then what is done once it is closed
     */
    LastRead(InputStream in, long length, Runnable then) {
        super(in);
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
        int read = in.read(bytes, from, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        if (left == 0 || read < 0) {
            close();
        }
        return read;
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
