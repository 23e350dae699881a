package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.TokenSecret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request says of who sent it (contract 1.4.1). */
sealed interface Credential {
    /** Nothing was said. */
    record None() implements Credential {}

    /** Something was said that is not a credential. */
    record Malformed() implements Credential {}

    /** A secret was presented. */
    record Presented(TokenSecret secret) implements Credential {}

    /**
     * The credential in an {@code Authorization} header.
     *
     * @param header its first value, null if there is none
     */
    static Credential parse(@Nullable String header) {
        if (header == null) {
            return new None();
        }
        int space = header.indexOf(' ');
        if (space <= 0 || space == header.length() - 1 || !header.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return new Malformed();
        }
        String value = header.substring(space + 1);
        if (value.indexOf(' ') >= 0) {
            return new Malformed();
        }
        return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer", "token" -> new Presented(TokenSecret.presented(value));
            case "basic" -> basic(value);
            default -> new Malformed();
        };
    }

    private static Credential basic(String base64) {
        // The decoder does without the padding; upstream does not.
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
