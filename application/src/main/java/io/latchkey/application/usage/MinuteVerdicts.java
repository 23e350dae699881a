package io.latchkey.application.usage;

import java.time.Instant;

/**
 * The verdicts that a server gave in one minute.
 *
 * @param start beginning of the minute
 * @param counts verdicts on secrets of tokens
 * @param unknown refusals of secrets that no token has
 * @param unavailable secrets that could not be verified
 */
public record MinuteVerdicts(Instant start, UseCounts counts, long unknown, long unavailable) {
    /** Refusals for any reason. */
    public long refused() {
        return counts.refused() + unknown;
    }
}
