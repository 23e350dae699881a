package io.latchkey.http.server;

import java.io.InputStream;
import java.util.Iterator;

/** Bytes that are made as they are read, a part at a time. */
final class GeneratedInputStream extends InputStream {
    private final Iterator<byte[]> parts;
    private byte[] part;
    private int at;

    /**
     * A stream whose beginning was made.
     *
     * @param first what it begins with
     * @param further what follows
     */
    GeneratedInputStream(byte[] first, Iterator<byte[]> further) {
        this.part = first;
        this.parts = further;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        while (at == part.length) {
            if (!parts.hasNext()) {
                return -1;
            }
            part = parts.next();
            at = 0;
        }
        int count = Math.min(length, part.length - at);
        System.arraycopy(part, at, bytes, from, count);
        at += count;
        return count;
    }
}
