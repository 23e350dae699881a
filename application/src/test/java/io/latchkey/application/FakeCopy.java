package io.latchkey.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** The bytes of a copy that was made in memory; knows how far it was read, and whether it is closed. */
public final class FakeCopy extends InputStream {
    private final InMemoryTokenStore store;
    private final byte[] bytes;
    private final AtomicInteger read = new AtomicInteger();
    private volatile boolean closed;

    FakeCopy(InMemoryTokenStore store, String name, int length) {
        this.store = store;
        byte[] begin = name.getBytes(UTF_8);
        this.bytes = Arrays.copyOf(begin, Math.max(begin.length, length));
    }

    InMemoryTokenStore store() {
        return store;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How much of it was read. */
    public int bytesRead() {
        return read.get();
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        int some = Math.min(length, bytes.length - read.get());
        System.arraycopy(bytes, read.get(), into, from, some);
        read.addAndGet(some);
        return some == 0 && length > 0 ? -1 : some;
    }

    @Override
    public void close() {
        closed = true;
    }
}
