package io.latchkey.application;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenSecret;
import java.time.Instant;
import java.util.Optional;

/**
 * What its owner is told of a token that was rotated, once.
 *
 * @param token as it is now, with the end of the secret before
 */
public record RotatedToken(Token token, TokenSecret secret) {
    /** Until when the secret before is accepted; empty if it is dead. Whatever the clock here says. */
    public Optional<Instant> previousSecretUntil() {
        return token.secrets().former().getFirst().until();
    }
}
