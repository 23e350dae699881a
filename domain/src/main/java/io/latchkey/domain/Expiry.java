package io.latchkey.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a token expires, if ever. */
public sealed interface Expiry {
    /** Never. */
    Expiry NEVER = new Never();

    /**
     * How long before its expiry a token counts as expiring: in listings, in {@code Token-Expires} and in webhooks. 14 days,
     * or less for a token with a short life; see {@link #lastDays}.
     */
    Duration EXPIRING_SOON = Duration.ofDays(14);

    /** Whether a token with this expiry is live at a time: strictly before the expiry (contract 1.4.1, rule 5). */
    boolean isLiveAt(Instant now);

    /** Whether the expiry lies ahead, and within this duration. */
    boolean isWithin(Duration time, Instant now);

    /**
     * How long before its expiry this token counts as expiring: at most the second half of its life, so that a token with
     * a short life does not count as expiring from the beginning.
     *
     * @param most the upper limit, for tokens with a long life
     */
    Duration lastDays(Duration most, Instant createdAt);

    /** The time of the expiry, if there is one. */
    Optional<Instant> end();

    /** The expiry in epoch milliseconds, without allocating an {@code Instant}; {@code Long.MAX_VALUE} for never. */
    long endMillis();

    /** An expiry at a time. */
    static Expiry at(Instant end) {
        return new At(end.toEpochMilli());
    }

    /** Never. */
    record Never() implements Expiry {
        @Override
        public boolean isLiveAt(Instant now) {
            return true;
        }

        @Override
        public boolean isWithin(Duration time, Instant now) {
            return false;
        }

        @Override
        public Duration lastDays(Duration most, Instant createdAt) {
            return most;
        }

        @Override
        public Optional<Instant> end() {
            return Optional.empty();
        }

        @Override
        public long endMillis() {
            return Long.MAX_VALUE;
        }
    }

    /**
     * At a time; kept as a number, because a million tokens have one each.
     *
     * @param endMillis epoch milliseconds at which the token is no longer live, in a year from 0 to 9999
     */
    record At(long endMillis) implements Expiry {
        public At {
            Timestamps.check("expiry", endMillis);
        }

        @Override
        public boolean isLiveAt(Instant now) {
            return now.isBefore(instant());
        }

        @Override
        public boolean isWithin(Duration time, Instant now) {
            return isLiveAt(now) && Duration.between(now, instant()).compareTo(time) <= 0;
        }

        @Override
        public Duration lastDays(Duration most, Instant createdAt) {
            Duration half = Duration.between(createdAt, instant()).dividedBy(2);
            return half.isNegative() || half.compareTo(most) > 0 ? most : half;
        }

        @Override
        public Optional<Instant> end() {
            return Optional.of(instant());
        }

        private Instant instant() {
            return Instant.ofEpochMilli(endMillis);
        }
    }
}
