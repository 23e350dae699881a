package io.latchkey.cli.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The arguments in UTF-8. Java decodes them in the encoding of the locale; if the locale is not installed, it uses
 * ASCII and replaces other bytes with U+FFFD.
 */
public final class CommandLineEncoding {
    private static final Path OF_THIS_PROCESS = Path.of("/proc/self/cmdline");

    private CommandLineEncoding() {}

    /** Whether Java could not decode all arguments. */
    public static boolean areDamaged(String[] read) {
        for (String word : read) {
            if (word.indexOf('\uFFFD') >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The arguments decoded as UTF-8, read from Linux; empty if they are not UTF-8, or on other systems. */
    public static Optional<String[]> again(String[] read) {
        try {
            return again(read.length, Files.readAllBytes(OF_THIS_PROCESS));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The last arguments of a process, each of which ends with a NUL byte. */
    static Optional<String[]> again(int count, byte[] all) {
        String[] words = new String(all, ISO_8859_1).split("\0", -1);
        int end = words.length - 1;
        if (end < count) {
            return Optional.empty();
        }
        try {
            String[] typed = Arrays.copyOfRange(words, end - count, end);
            for (int i = 0; i < count; i++) {
                typed[i] = UTF_8.newDecoder()
                        .decode(ByteBuffer.wrap(typed[i].getBytes(ISO_8859_1)))
                        .toString();
            }
            return Optional.of(typed);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
