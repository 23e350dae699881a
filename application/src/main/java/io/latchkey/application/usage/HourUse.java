package io.latchkey.application.usage;

import io.latchkey.domain.TokenId;
import java.time.Instant;

/**
 * What is added to the history of a token.
 *
 * @param at a time in the hour to which the counts belong
 */
public record HourUse(TokenId token, Instant at, UseCounts counts) {
    /** Combines both in the hour of the later one. */
    public HourUse and(HourUse other) {
        return new HourUse(token, other.at().isBefore(at) ? at : other.at(), counts.and(other.counts()));
    }
}
