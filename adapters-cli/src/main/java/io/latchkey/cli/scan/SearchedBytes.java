package io.latchkey.cli.scan;

import io.latchkey.cli.terminal.TextEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/** Bytes to search in order; those of a file can be read again, to count lines. */
sealed interface SearchedBytes {
    /** The next bytes; -1 if there are no more. */
    int read(ByteBuffer into) throws IOException;

    /** Bytes from some position on; -1 if there are none. */
    int read(ByteBuffer into, long position) throws IOException;

    /** The bytes of an encoded text as ASCII characters. */
    static SearchedBytes ascii(SearchedBytes raw, TextEncoding encoding) {
        return switch (encoding) {
            case BYTES -> raw;
            case UTF_16LE, UTF_16BE -> new OfUtf16(raw, encoding);
        };
    }

    /** Bytes as they are in a file. */
    record OfFile(FileChannel file) implements SearchedBytes {
        @Override
        public int read(ByteBuffer into) throws IOException {
            return file.read(into);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }
    }

    /** Bytes of a stream, which can be read only once. */
    record OfStream(ReadableByteChannel stream) implements SearchedBytes {
        @Override
        public int read(ByteBuffer into) throws IOException {
            return stream.read(into);
        }

        @Override
        public int read(ByteBuffer into, long position) {
            throw new IllegalStateException("a stream is read once");
        }
    }

    /**
     * A UTF-16 text as bytes: each ASCII character as one byte, and NUL for all others. This is enough for secrets
     * and line feeds.
     */
    record OfUtf16(SearchedBytes raw, TextEncoding encoding) implements SearchedBytes {
        @Override
        public int read(ByteBuffer into) throws IOException {
            ByteBuffer units = ByteBuffer.allocate(2 * into.remaining());
            boolean more = raw.read(units) >= 0;
            while (more && units.position() % 2 != 0) {
                // Reads on to the second byte of a character.
                more = raw.read(units.limit(units.position() + 1)) >= 0;
            }
            return units.position() == 0 && !more ? -1 : narrow(units.flip(), into);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            ByteBuffer units = ByteBuffer.allocate(2 * into.remaining());
            boolean more = true;
            while (more && units.hasRemaining()) {
                more = raw.read(units, 2 * position + units.position()) >= 0;
            }
            return units.position() < 2 ? -1 : narrow(units.flip(), into);
        }

        private int narrow(ByteBuffer units, ByteBuffer into) {
            int read = units.limit() / 2;
            for (int i = 0; i < read; i++) {
                byte high = units.get(2 * i + encoding.high());
                byte low = units.get(2 * i + 1 - encoding.high());
                into.put(high == 0 && low > 0 ? low : 0);
            }
            return read;
        }
    }
}
