package io.latchkey.http.server;

import java.io.InputStream;
import java.util.Iterator;

/** A stream whose content is made while it is read, one part at a time. */
final class GeneratedInputStream extends InputStream {
    private final Iterator<byte[]> parts;
    private byte[] part;
    private int offset;

    /**
     * A stream.
     *
     * @param first the first part
     * @param further the following parts
     */
    GeneratedInputStream(byte[] first, Iterator<byte[]> further) {
        this.part = first;
        this.parts = further;
    }

    @Override
    public int read() {
        byte[] buffer = new byte[1];
        return read(buffer, 0, 1) < 0 ? -1 : buffer[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        while (offset == part.length) {
            if (!parts.hasNext()) {
                return -1;
            }
            part = parts.next();
            offset = 0;
        }
        int count = Math.min(length, part.length - offset);
        System.arraycopy(part, offset, bytes, from, count);
        offset += count;
        return count;
    }
}
