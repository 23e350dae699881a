package io.latchkey.application;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many tokens there are, as of a moment ago.
 *
 * @param ledgerLength how many entries the ledger has
 * @param untilNextEnd until the next token ends, if any will
 */
public record Census(long ledgerLength, long active, long expired, long disabled, Optional<Duration> untilNextEnd) {
    static Census of(long ledgerLength, Tally.Counts counts, Instant now) {
        return new Census(
                ledgerLength,
                counts.active(),
                counts.expired(),
                counts.disabled(),
                Optional.of(counts.nextEnd())
                        .filter(end -> end < Long.MAX_VALUE)
                        .map(end -> Duration.between(now, Instant.ofEpochMilli(end)))
                        .filter(Duration::isPositive));
    }
}
