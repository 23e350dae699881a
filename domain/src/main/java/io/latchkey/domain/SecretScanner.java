package io.latchkey.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What a secret looks like among other bytes: {@code apiv3_} and then letters, digits, {@code -} and {@code _}.
 *
 * <p>The beginning is looked for by its last byte (Horspool), so that of most bytes four in five are never touched. What
 * stands before it does not matter, because an {@code n} may be the rest of a line feed that was written out; what
 * stands after it only where there is no checksum to tell where the secret ends.
 */
public final class SecretScanner {
    /** As far as a secret is followed; nobody chooses a longer one. */
    public static final int LONGEST = 1024;

    private static final byte[] PREFIX = TokenSecret.PREFIX.getBytes(US_ASCII);
    private static final int SHORTEST = PREFIX.length + TokenSecret.LEAST_CHOSEN;
    private static final int[] SKIP = skips();
    private static final boolean[] PART = parts();

    private SecretScanner() {}

    /** How sure it is that a text is a secret. */
    public enum Confidence {
        /** It ends with its checksum: it was made by a Latchkey. */
        CHECKSUM,
        /** It looks like one, and it takes an authority that knows it to say that it is. */
        NONE
    }

    /** Whether more bytes will follow. */
    public enum Input {
        MORE,
        END
    }

    /**
     * A text that may be a secret; a place that can be read in several ways holds several.
     *
     * @param start the index of its first byte
     */
    public record Match(int start, TokenSecret secret, Confidence confidence) {}

    /**
     * Finds all there is in the first {@code length} of some bytes.
     *
     * @return how many bytes are done with; the others belong before those to come, and are fewer than {@link #LONGEST}
     */
    public static int scan(byte[] bytes, int length, Input rest, Consumer<Match> finds) {
        int last = PREFIX.length - 1;
        int at = last;
        while (at < length) {
            int skip = SKIP[bytes[at] & 0xFF];
            if (skip == 0) {
                int start = at - last;
                skip = PREFIX.length;
                if (Arrays.equals(bytes, start, at + 1, PREFIX, 0, PREFIX.length)) {
                    int end = end(bytes, at + 1, Math.min(length, start + LONGEST));
                    if (end == length && end < start + LONGEST && rest == Input.MORE) {
                        return start;
                    }
                    judge(bytes, start, end, finds);
                }
            }
            at += skip;
        }
        return rest == Input.MORE ? Math.max(0, Math.min(length, at - last)) : length;
    }

    private static int end(byte[] bytes, int from, int limit) {
        int end = from;
        while (end < limit && PART[bytes[end] & 0xFF]) {
            end++;
        }
        return end;
    }

    private static void judge(byte[] bytes, int start, int end, Consumer<Match> finds) {
        if (end - start >= TokenSecret.LENGTH) {
            TokenSecret usual = secret(bytes, start, start + TokenSecret.LENGTH);
            Confidence proof = usual.hasChecksum() ? Confidence.CHECKSUM : Confidence.NONE;
            finds.accept(new Match(start, usual, proof));
            if (proof == Confidence.CHECKSUM || end - start == TokenSecret.LENGTH) {
                return;
            }
        }
        if (end - start >= SHORTEST) {
            finds.accept(new Match(start, secret(bytes, start, end), Confidence.NONE));
        }
    }

    private static TokenSecret secret(byte[] bytes, int start, int end) {
        return TokenSecret.presented(new String(bytes, start, end - start, US_ASCII));
    }

    /** How far the beginning may be moved on when a byte stands where its last should be; 0 if it is that byte. */
    private static int[] skips() {
        int[] skips = new int[256];
        Arrays.fill(skips, PREFIX.length);
        for (int i = 0; i < PREFIX.length; i++) {
            skips[PREFIX[i]] = PREFIX.length - 1 - i;
        }
        return skips;
    }

    private static boolean[] parts() {
        boolean[] parts = new boolean[256];
        for (byte part : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(US_ASCII)) {
            parts[part] = true;
        }
        return parts;
    }
}
