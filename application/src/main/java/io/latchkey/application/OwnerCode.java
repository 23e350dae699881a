package io.latchkey.application;

import io.latchkey.domain.LocalUser;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenSecret;
import java.time.Instant;
import java.util.Optional;

/**
 * What a server may know of a code of {@link OwnerCodes}: nothing that lets anybody sign in.
 *
 * @param digest of the code
 * @param end the code is not valid from this moment on
 * @param user who made it, as the operating system names him; information only
 */
public record OwnerCode(TokenDigest digest, Instant end, Optional<LocalUser> user) {
    /** Whether a code is this one; takes the same time for all wrong codes. */
    boolean isOf(String code) {
        return digest.equals(digest(code));
    }

    /** Whether it can be used at a time. */
    boolean isValid(Instant now) {
        return now.isBefore(end) && !end.isAfter(now.plus(OwnerCodes.LIFETIME));
    }

    static TokenDigest digest(String code) {
        return TokenSecret.presented(code).digest();
    }
}
