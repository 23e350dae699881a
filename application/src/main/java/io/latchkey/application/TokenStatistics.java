package io.latchkey.application;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The number of tokens in each state, as of the last poll.
 *
 * @param ledgerLength number of ledger entries
 * @param untilNextEnd time until the next token expires; empty if none will
 */
public record TokenStatistics(
        long ledgerLength, long active, long pending, long expired, long disabled, Optional<Duration> untilNextEnd) {
    static TokenStatistics of(long ledgerLength, TokenCounts.Counts counts, Instant now) {
        return new TokenStatistics(
                ledgerLength,
                counts.active(),
                counts.pending(),
                counts.expired(),
                counts.disabled(),
                Optional.of(counts.nextEnd())
                        .filter(end -> end < Long.MAX_VALUE)
                        .map(end -> Duration.between(now, Instant.ofEpochMilli(end)))
                        .filter(Duration::isPositive));
    }
}
