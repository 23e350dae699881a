package io.latchkey.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The plaintext of a token: handed out once, digested ever after (contract 2.9).
 *
 * <p>It has no {@code equals} and prints as {@code apiv3_***}, so that it can be neither compared nor logged by
 * accident; {@link #reveal()} is the only way out.
 */
public final class TokenSecret {
    private static final String PREFIX = "apiv3_";
    private static final int RANDOM_BYTES = 64;
    private static final Pattern CHOSEN = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{22,}");

    private final byte[] bytes;

    private TokenSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new secret: {@code apiv3_} and 64 random bytes in base64url without padding, 92 characters. */
    public static TokenSecret generate(SecureRandom random) {
        byte[] entropy = new byte[RANDOM_BYTES];
        random.nextBytes(entropy);
        return presented(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(entropy));
    }

    /** What a caller presents, in whatever form: only its digest decides (contract 1.4.1, rule 4). */
    public static TokenSecret presented(String text) {
        return new TokenSecret(text.getBytes(UTF_8));
    }

    /**
     * What somebody chose elsewhere as the secret of a token to come: in the form of our own, and as hard to guess
     * (contract A.4, row 31).
     */
    public static TokenSecret chosen(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new TokenFailure.Invalid("token", "must start with '" + PREFIX + "'");
        }
        if (!CHOSEN.matcher(text).matches()) {
            throw new TokenFailure.Invalid(
                    "token",
                    "'" + PREFIX + "' must be followed by at least 22 characters of A-Z, a-z, 0-9, '-' and '_'");
        }
        return presented(text);
    }

    /** The SHA-512 of this secret's UTF-8 bytes, prefix included. */
    public TokenDigest digest() {
        return TokenDigest.of(bytes);
    }

    /** The plaintext itself; called only where a secret leaves. */
    public String reveal() {
        return new String(bytes, UTF_8);
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }
}
