package io.latchkey.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A key that a client chooses for a rotation, so that a repeated request after a lost response does not rotate twice.
 *
 * @param text 1 to 255 printable ASCII characters
 */
public record IdempotencyKey(String text) {
    private static final Pattern TEXT = Pattern.compile("[ -~]{1,255}");

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public IdempotencyKey {
        if (!TEXT.matcher(text).matches()) {
            throw new TokenFailure.Invalid(
                    "idempotency-key", "an idempotency key must have 1 to 255 printable ASCII characters");
        }
    }

    static boolean isSha256(String text) {
        return SHA_256.matcher(text).matches();
    }

    /** 64 hexadecimal digits: its digest, the only part that is stored. */
    public String sha256() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256 (MessageDigest, since 1.4.2)", e);
        }
    }
}
