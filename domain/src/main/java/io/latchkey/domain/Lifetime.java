package io.latchkey.domain;

import java.time.Duration;
import java.time.Instant;

/** How long a token is asked to live; becomes an {@link Expiry} when the token is issued (contract A.1, row 6). */
public sealed interface Lifetime {
    /** The shortest lifetime. */
    Duration SHORTEST = Duration.ofSeconds(1);

    /** The longest lifetime: 100 years of 365.25 days. */
    Duration LONGEST = Duration.ofDays(36_525);

    /** No expiry. */
    Lifetime UNLIMITED = new Unlimited();

    /**
     * A lifetime as people write it: {@code never}, a date or a moment (see {@link HumanMoment}), or a span such as
     * {@code 90d} (see {@link HumanDuration}).
     *
     * @throws TokenFailure.Invalid if it is none of these, or a span out of bounds
     */
    static Lifetime parse(String text) {
        if (text.equals("never")) {
            return UNLIMITED;
        }
        return HumanMoment.looksLikeOne(text)
                ? new Until(HumanMoment.parse(text))
                : new Span(HumanDuration.parse(text));
    }

    /** The expiry of a token that is issued now; {@link TokenFailure.Invalid} if it is too near or too far. */
    Expiry startingAt(Instant now);

    /** No expiry. */
    record Unlimited() implements Lifetime {
        @Override
        public Expiry startingAt(Instant now) {
            return Expiry.NEVER;
        }
    }

    /**
     * A duration from the time of issue.
     *
     * @param span between {@link #SHORTEST} and {@link #LONGEST}, both included
     */
    record Span(Duration span) implements Lifetime {
        public Span {
            check(span);
        }

        @Override
        public Expiry startingAt(Instant now) {
            return Expiry.at(now.plus(span));
        }
    }

    /**
     * Until a time.
     *
     * @param end as far from the time of issue as a {@link Span} may be
     */
    record Until(Instant end) implements Lifetime {
        @Override
        public Expiry startingAt(Instant now) {
            check(Duration.between(now, end));
            return Expiry.at(end);
        }
    }

    private static void check(Duration span) {
        if (span.compareTo(SHORTEST) < 0 || span.compareTo(LONGEST) > 0) {
            throw new TokenFailure.Invalid("expiry", "expiry must be at least 1 second and at most 100 years ahead");
        }
    }
}
