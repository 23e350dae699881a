package io.latchkey.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Limits on the lifetime of named tokens when they are created, edited or imported. Existing tokens are not affected.
 *
 * @param max the longest lifetime, from the time of the request; empty for no limit
 * @param defaultExpiry the lifetime of a new token for which none is given; empty for no expiry
 */
public record ExpiryPolicy(Optional<Duration> max, Optional<Duration> defaultExpiry, NeverExpiring neverExpiring) {
    /** No limits. */
    public static final ExpiryPolicy NONE = new ExpiryPolicy(Optional.empty(), Optional.empty(), NeverExpiring.ALLOWED);

    /** Whether a token may have no expiry. */
    public enum NeverExpiring {
        ALLOWED,
        REFUSED
    }

    /** Refuses a default that is longer than the limit. */
    public ExpiryPolicy {
        defaultExpiry.ifPresent(Lifetime.Span::new);
        max.ifPresent(Lifetime.Span::new);
        if (defaultExpiry.isPresent()
                && max.filter(most -> defaultExpiry.get().compareTo(most) > 0).isPresent()) {
            throw new TokenFailure.Invalid("default-expiry", "the default expiry exceeds the maximum");
        }
    }

    /** The lifetime of a new token. Without one it gets the default, because InfluxDB's clients send null. */
    public Lifetime ofNew(Lifetime asked, Instant now) {
        return checked(
                asked instanceof Lifetime.Unlimited
                        ? defaultExpiry.<Lifetime>map(Lifetime.Span::new).orElse(asked)
                        : asked,
                now);
    }

    /** The edit, if the policy allows it. */
    public TokenEdit of(TokenEdit edit, Instant now) {
        edit.lifetime().ifPresent(asked -> checked(asked, now));
        return edit;
    }

    private Lifetime checked(Lifetime asked, Instant now) {
        check(asked.startingAt(now), now);
        return asked;
    }

    /**
     * Checks the expiry of a declared or imported token; the default lifetime is not applied to it.
     *
     * @throws TokenFailure.Invalid if the expiry is beyond the limit, or missing where one is required
     */
    public void check(Expiry expiry, Instant now) {
        Optional<Instant> end = expiry.end();
        if (end.isEmpty() && (max.isPresent() || neverExpiring == NeverExpiring.REFUSED)) {
            throw new TokenFailure.Invalid(
                    "expiry",
                    "tokens must have an expiry on this instance"
                            + max.map(most -> ", at most " + written(most) + " ahead")
                                    .orElse(""));
        }
        if (end.isPresent()
                && max.filter(most -> end.get().isAfter(now.plus(most))).isPresent()) {
            throw new TokenFailure.Invalid(
                    "expiry", "expiry must be at most " + written(max.get()) + " ahead on this instance");
        }
    }

    private static String written(Duration span) {
        StringBuilder text = new StringBuilder();
        append(text, span.toDaysPart(), "d");
        append(text, span.toHoursPart(), "h");
        append(text, span.toMinutesPart(), "min");
        append(text, span.toSecondsPart(), "s");
        return text.toString().strip();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(number).append(unit).append(' ');
        }
    }
}
