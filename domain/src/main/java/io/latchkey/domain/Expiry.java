package io.latchkey.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The end of a token's life. */
public sealed interface Expiry {
    /** Without end. */
    Expiry NEVER = new Never();

    /** Whether a token with this expiry is live at a moment: strictly before its end (contract 1.4.1, rule 5). */
    boolean isLiveAt(Instant now);

    /** The moment of the end, if there is one. */
    Optional<Instant> end();

    /** The same in milliseconds of the epoch, for whom a moment is too much to ask; never: the last there is. */
    long endMillis();

    /** An end at a moment. */
    static Expiry at(Instant end) {
        return new At(end);
    }

    /** Without end. */
    record Never() implements Expiry {
        @Override
        public boolean isLiveAt(Instant now) {
            return true;
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
     * With an end.
     *
     * @param instant the first moment at which the token is dead, to the millisecond
     */
    record At(Instant instant) implements Expiry {
        public At {
            instant = instant.truncatedTo(ChronoUnit.MILLIS);
        }

        @Override
        public boolean isLiveAt(Instant now) {
            return now.isBefore(instant);
        }

        @Override
        public Optional<Instant> end() {
            return Optional.of(instant);
        }

        @Override
        public long endMillis() {
            return instant.toEpochMilli();
        }
    }
}
