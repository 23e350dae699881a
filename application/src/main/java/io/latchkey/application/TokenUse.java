package io.latchkey.application;

import io.latchkey.domain.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The use of one secret of a token.
 *
 * @param generation generation of the secret
 * @param last time of the last accepted verification
 * @param from address of the last accepted verification; empty if it came from within this process
 * @param count number of accepted verifications
 */
public record TokenUse(TokenId token, int generation, Instant last, Optional<String> from, long count) {
    /** Maximum time before a use is stored; if a process is killed, uses of this time are lost. 5 s. */
    public static final Duration ACCURACY = Duration.ofSeconds(5);

    /** Combines two uses of the same token: the sum of the counts; time, address and secret of the later use. */
    public TokenUse and(TokenUse other) {
        TokenUse later = other.last().isBefore(last) ? this : other;
        return new TokenUse(token, later.generation(), later.last(), later.from(), count + other.count());
    }
}
