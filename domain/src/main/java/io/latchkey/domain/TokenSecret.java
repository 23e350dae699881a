package io.latchkey.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The plaintext of a token: handed out once, digested ever after (contract 2.9).
 *
 * <p>It has no {@code equals} and prints as {@code apiv3_***}, so that it can be neither compared nor logged by
 * accident; {@link #reveal()} is the only way out.
 */
public final class TokenSecret {
    /** The prefix of every secret. */
    static final String PREFIX = "apiv3_";

    /** The length of a generated secret, here and in InfluxDB 3. */
    static final int LENGTH = 92;

    /** The fewest characters after {@link #PREFIX} in a secret chosen by a user: about 128 bits. */
    static final int LEAST_CHOSEN = 22;

    private static final int RANDOM_BYTES = 60;
    private static final String HIDDEN = PREFIX + "***";
    /** Also percent-encoded, as in a URL. */
    private static final Pattern ANY = Pattern.compile("apiv3(?:_|%5[Ff])[A-Za-z0-9_%-]+");

    private static final Pattern CHOSEN = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{" + LEAST_CHOSEN + ",}");

    private final byte[] bytes;

    private TokenSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A new secret: {@code apiv3_} and 64 bytes in base64url without padding, {@value #LENGTH} characters.
     *
     * <p>60 of the bytes are random (480 bits); the last four are their CRC-32, so that a scanner recognises a secret
     * without asking an authority.
     */
    public static TokenSecret generate(SecureRandom random) {
        byte[] entropy = new byte[RANDOM_BYTES];
        random.nextBytes(entropy);
        return presented(PREFIX + withChecksum(entropy));
    }

    private static String withChecksum(byte[] entropy) {
        CRC32 crc = new CRC32();
        crc.update(entropy);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(entropy.length + Integer.BYTES)
                        .put(entropy)
                        .putInt((int) crc.getValue())
                        .array());
    }

    /** The secret that a caller presents, in any form: only its digest is compared (contract 1.4.1, rule 4). */
    public static TokenSecret presented(String text) {
        return new TokenSecret(text.getBytes(UTF_8));
    }

    /**
     * A secret chosen by a user: in the form of generated ones, and long enough
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

    /** The text with all secrets masked, for logs and messages. */
    public static String masked(String text) {
        return ANY.matcher(text).replaceAll(HIDDEN);
    }

    /** Whether the checksum at the end is right, as in all secrets generated here; by chance once in 2^32. */
    public boolean hasChecksum() {
        if (bytes.length != LENGTH) {
            return false;
        }
        String text = new String(bytes, UTF_8);
        try {
            String body = text.substring(PREFIX.length());
            byte[] entropy = Arrays.copyOf(Base64.getUrlDecoder().decode(body), RANDOM_BYTES);
            return text.equals(PREFIX + withChecksum(entropy));
        } catch (IllegalArgumentException e) {
            return false; // not base64url
        }
    }

    /** The SHA-512 of this secret's UTF-8 bytes, prefix included. */
    public TokenDigest digest() {
        return TokenDigest.of(bytes);
    }

    /** The plaintext; called only where a secret is shown or sent. */
    public String reveal() {
        return new String(bytes, UTF_8);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
