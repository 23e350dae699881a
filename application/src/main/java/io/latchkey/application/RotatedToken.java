package io.latchkey.application;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenSecret;
import java.time.Instant;
import java.util.Optional;

/**
 * The result of a rotation, with the secret, which cannot be read again.
 *
 * @param token after the rotation, with the expiry of the previous secret
 */
public record RotatedToken(Token token, TokenSecret secret) {
    /** Until when the previous secret is valid; empty if it is already invalid. Independent of the local clock. */
    public Optional<Instant> previousSecretUntil() {
        return token.secrets().former().getFirst().until();
    }
}
