package io.latchkey.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long named tokens may be asked to live; says nothing of those that are there.
 *
 * @param max from the moment they are asked for; empty for as long as anybody likes
 * @param defaultExpiry of a new token of which nothing is said
 */
public record ExpiryPolicy(Optional<Duration> max, Optional<Duration> defaultExpiry, NeverExpiring neverExpiring) {
    /** Whatever is asked for. */
    public static final ExpiryPolicy NONE = new ExpiryPolicy(Optional.empty(), Optional.empty(), NeverExpiring.ALLOWED);

    /** Whether a token may live for ever. */
    public enum NeverExpiring {
        ALLOWED,
        REFUSED
    }

    /** Refuses a usual lifetime that is longer than the longest. */
    public ExpiryPolicy {
        defaultExpiry.ifPresent(Lifetime.Span::new);
        max.ifPresent(Lifetime.Span::new);
        if (defaultExpiry.isPresent()
                && max.filter(most -> defaultExpiry.get().compareTo(most) > 0).isPresent()) {
            throw new TokenFailure.Invalid("default-expiry", "the default expiry is longer than the longest allowed");
        }
    }

    /** The lifetime of a new token; one for which none is given has the usual, because InfluxDB's clients send null. */
    public Lifetime ofNew(Lifetime asked, Instant now) {
        return checked(
                asked instanceof Lifetime.Unlimited
                        ? defaultExpiry.<Lifetime>map(Lifetime.Span::new).orElse(asked)
                        : asked,
                now);
    }

    /** An edit as it was asked for. */
    public TokenEdit of(TokenEdit edit, Instant now) {
        edit.lifetime().ifPresent(asked -> checked(asked, now));
        return edit;
    }

    private Lifetime checked(Lifetime asked, Instant now) {
        check(asked.startingAt(now), now);
        return asked;
    }

    /**
     * Refuses the end of a token that comes with one, or with none: the usual lifetime is not for it.
     *
     * @throws TokenFailure.Invalid if it is too far ahead, or there must be one
     */
    public void check(Expiry expiry, Instant now) {
        Optional<Instant> end = expiry.end();
        if (end.isEmpty() && (max.isPresent() || neverExpiring == NeverExpiring.REFUSED)) {
            throw new TokenFailure.Invalid(
                    "expiry",
                    "tokens need an expiry here"
                            + max.map(most -> ", at most " + written(most) + " ahead")
                                    .orElse(""));
        }
        if (end.isPresent()
                && max.filter(most -> end.get().isAfter(now.plus(most))).isPresent()) {
            throw new TokenFailure.Invalid("expiry", "expiry must be at most " + written(max.get()) + " ahead here");
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
