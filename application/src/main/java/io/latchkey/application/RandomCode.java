package io.latchkey.application;

import java.security.SecureRandom;
import java.util.Base64;

/** Random texts that nobody can guess, such as the ids of sessions and the codes of links. */
public final class RandomCode {
    private static final int BYTES = 32;

    private RandomCode() {}

    /** 256 random bits in the alphabet of URLs (RFC 4648, section 5). */
    public static String next(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
