package io.latchkey.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How long the secret before is accepted beside the new one.
 *
 * @param span up to {@link #LONGEST}; zero for not at all
 */
public record GracePeriod(Duration span) {
    /** The longest. */
    public static final Duration LONGEST = Duration.ofDays(30);

    /** Not at all. */
    public static final GracePeriod NONE = new GracePeriod(Duration.ZERO);

    public GracePeriod {
        if (span.isNegative() || span.compareTo(LONGEST) > 0) {
            throw new TokenFailure.Invalid("grace", "grace must be at most 30 days");
        }
    }

    /** As people write it, see {@link HumanDuration}. */
    public static GracePeriod parse(String text) {
        try {
            return new GracePeriod(HumanDuration.parse(text));
        } catch (TokenFailure.Invalid e) {
            throw new TokenFailure.Invalid("grace", e.sentence());
        }
    }

    /** Its end, which is never after that of the token; empty if it is over before it begins. */
    Optional<Instant> startingAt(Instant now, Expiry expiry) {
        Instant end = now.plus(span).truncatedTo(ChronoUnit.MILLIS);
        return Optional.of(expiry.end().filter(end::isAfter).orElse(end)).filter(now::isBefore);
    }
}
