package io.latchkey.application;

import io.latchkey.domain.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How one secret of a token was used.
 *
 * @param generation which of the token's secrets it is
 * @param last when it was last accepted
 * @param from the address that it last came from; empty if it was presented in this process
 * @param count how often it was accepted
 */
public record TokenUse(TokenId token, int generation, Instant last, Optional<String> from, long count) {
    /** How long a use may be known to no more than the process that saw it, which takes it along if it is killed. */
    public static final Duration ACCURACY = Duration.ofSeconds(5);

    /** Both uses of the same token as one: all that was counted, and when, from where and with which secret the later was. */
    public TokenUse and(TokenUse other) {
        TokenUse later = other.last().isBefore(last) ? this : other;
        return new TokenUse(token, later.generation(), later.last(), later.from(), count + other.count());
    }
}
