package io.latchkey.http.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.TokenSecret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The credential in a request (contract 1.4.1). */
public sealed interface Credential {
    /** There is no credential. */
    record None() implements Credential {}

    /** The header is not a valid credential. */
    record Malformed() implements Credential {}

    /** A secret, which may be any text. */
    record Presented(TokenSecret secret) implements Credential {}

    /**
     * Parses the value of an {@code Authorization} header: Bearer, Token, or the password of Basic.
     *
     * @param header the first value; null if there is none
     */
    static Credential parse(@Nullable String header) {
        if (header == null) {
            return new None();
        }
        int space = header.indexOf(' ');
        if (space <= 0 || space == header.length() - 1 || !isVisible(header, space)) {
            return new Malformed();
        }
        if (isScheme("bearer", header, space) || isScheme("token", header, space)) {
            return new Presented(TokenSecret.presented(header.substring(space + 1)));
        }
        return isScheme("basic", header, space) ? basic(header.substring(space + 1)) : new Malformed();
    }

    /** Whether a header is visible ASCII except for one space. */
    private static boolean isVisible(String header, int space) {
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            if ((c <= ' ' || c > '~') && i != space) {
                return false;
            }
        }
        return true;
    }

    private static boolean isScheme(String scheme, String header, int space) {
        return space == scheme.length() && header.regionMatches(true, 0, scheme, 0, space);
    }

    private static Credential basic(String base64) {
        // InfluxDB requires the padding, Java's decoder does not.
        if (base64.length() % 4 != 0) {
            return new Malformed();
        }
        try {
            String pair = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
                    .toString();
            int colon = pair.indexOf(':');
            if (colon < 0 || pair.indexOf(':', colon + 1) >= 0) {
                return new Malformed();
            }
            return new Presented(TokenSecret.presented(pair.substring(colon + 1)));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return new Malformed();
        }
    }
}
