package io.latchkey.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text files in UTF-8 or UTF-16, with or without a byte order mark. */
public final class TextFile {
    private static final char MARK = '\uFEFF';

    private TextFile() {}

    /**
     * Reads a text file.
     *
     * @throws CharacterCodingException if it is not text
     */
    public static String read(Path file) throws IOException {
        return decode(Files.readAllBytes(file));
    }

    /** Decodes a text. */
    public static String decode(byte[] bytes) throws CharacterCodingException {
        Charset charset = switch (TextEncoding.of(bytes, bytes.length)) {
            case BYTES -> UTF_8;
            case UTF_16LE -> UTF_16LE;
            case UTF_16BE -> UTF_16BE;
        };
        return unmarked(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    }

    /** Removes a byte order mark. */
    public static String unmarked(String text) {
        return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
    }
}
