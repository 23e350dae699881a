package io.latchkey.cli.terminal;

/** The encoding of a text, guessed from its start. */
public enum TextEncoding {
    /** Each ASCII character is one byte, as in UTF-8. */
    BYTES,
    /** Common on Windows; each ASCII character is followed by a NUL byte. */
    UTF_16LE,
    UTF_16BE;

    private static final int LEAST = 8;

    /** Guesses the encoding from the byte order mark, or because nearly every second byte is a NUL. */
    public static TextEncoding of(byte[] bytes, int length) {
        if (length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return UTF_16LE;
        }
        if (length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            return UTF_16BE;
        }
        int[] nuls = new int[2];
        for (int i = 0; i < length; i++) {
            nuls[i % 2] += bytes[i] == 0 ? 1 : 0;
        }
        if (length >= LEAST && nuls[0] == 0 && nuls[1] > length / 4) {
            return UTF_16LE;
        }
        return length >= LEAST && nuls[1] == 0 && nuls[0] > length / 4 ? UTF_16BE : BYTES;
    }

    /** The index of the high byte in a UTF-16 unit. */
    public int high() {
        return switch (this) {
            case UTF_16LE -> 1;
            case UTF_16BE -> 0;
            case BYTES -> throw new IllegalStateException("no units in bytes");
        };
    }
}
