package io.latchkey.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds secrets in bytes: {@code apiv3_} followed by letters, digits, {@code -} and {@code _}.
 *
 * <p>Searches for the prefix with the Horspool algorithm, which skips about 80 % of the bytes. The byte
 * before the prefix is ignored, since it may belong to an escape such as {@code \n}. The byte
 * after the secret matters only if the secret has no checksum.
 */
public final class SecretScanner {
    /** The longest secret that is recognised, in bytes. */
    public static final int LONGEST = 1024;

    private static final byte[] PREFIX = TokenSecret.PREFIX.getBytes(US_ASCII);
    private static final int SHORTEST = PREFIX.length + TokenSecret.LEAST_CHOSEN;
    private static final int[] SKIP = skips();
    private static final boolean[] PART = parts();

    private SecretScanner() {}

    /** How certain a match is. */
    public enum Confidence {
        /** The checksum is right: Latchkey generated it. */
        CHECKSUM,
        /** It has the form of a secret; only an authority can tell. */
        NONE
    }

    /** Whether more bytes follow. */
    public enum Input {
        MORE,
        END
    }

    /**
     * A text that may be a secret; one place can give several matches.
     *
     * @param start the index of its first byte
     */
    public record Match(int start, TokenSecret secret, Confidence confidence) {}

    /**
     * Finds all matches in the first {@code length} bytes.
     *
     * @return how many bytes are finished; the rest, fewer than {@link #LONGEST}, must be passed again before the
     *     next ones
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

    /** Horspool's shift for the byte at the last position of the prefix; 0 if it matches. */
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
