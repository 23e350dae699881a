package io.latchkey.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How long the previous secret is accepted after a rotation.
 *
 * @param span up to {@link #LONGEST}; zero to refuse it at once
 */
public record GracePeriod(Duration span) {
    /** The longest grace period. */
    public static final Duration LONGEST = Duration.ofDays(30);

    /** The previous secret is refused at once. */
    public static final GracePeriod NONE = new GracePeriod(Duration.ZERO);

    public GracePeriod {
        if (span.isNegative() || span.compareTo(LONGEST) > 0) {
            throw new TokenFailure.Invalid("grace", "grace must be at most 30 days");
        }
    }

    /** Parses what a user writes, see {@link HumanDuration}. */
    public static GracePeriod parse(String text) {
        try {
            return new GracePeriod(HumanDuration.parse(text));
        } catch (TokenFailure.Invalid e) {
            throw new TokenFailure.Invalid("grace", e.sentence());
        }
    }

    /** Its end, not later than the expiry of the token; empty if the period is zero. */
    Optional<Instant> startingAt(Instant now, Expiry expiry) {
        Instant end = now.plus(span).truncatedTo(ChronoUnit.MILLIS);
        return Optional.of(expiry.end().filter(end::isAfter).orElse(end)).filter(now::isBefore);
    }
}
