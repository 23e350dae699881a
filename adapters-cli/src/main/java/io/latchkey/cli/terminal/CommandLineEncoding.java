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
 * The words of the command line as they were typed. Java reads them in the encoding of the locale; where that is not
 * installed, it takes ASCII, and puts U+FFFD in the place of what it cannot read.
 */
public final class CommandLineEncoding {
    private static final Path OF_THIS_PROCESS = Path.of("/proc/self/cmdline");

    private CommandLineEncoding() {}

    /** Whether Java could not read all of them. */
    public static boolean areDamaged(String[] read) {
        for (String word : read) {
            if (word.indexOf('\uFFFD') >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The same words in UTF-8, as Linux hands them over; empty if they are not, or this is not Linux. */
    public static Optional<String[]> again(String[] read) {
        try {
            return again(read.length, Files.readAllBytes(OF_THIS_PROCESS));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The last of the words that a process was started with, each of which ends with a NUL. */
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
