package io.latchkey.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Timestamps of tokens: in milliseconds, in years of four digits (RFC 3339, section 5.6). */
public final class Timestamps {
    /** 0000-01-01T00:00:00Z, in milliseconds of the epoch. */
    static final long FIRST_MILLIS = -62_167_219_200_000L;

    /** 9999-12-31T23:59:59.999Z, in milliseconds of the epoch. */
    static final long LAST_MILLIS = 253_402_300_799_999L;

    /** 9999-12-31T23:59:59Z, in seconds of the epoch. */
    public static final long LAST_SECOND = LAST_MILLIS / 1000;

    private static final Instant FIRST = Instant.ofEpochMilli(FIRST_MILLIS);
    private static final Instant LAST = Instant.ofEpochMilli(LAST_MILLIS).plusNanos(999_999);

    private Timestamps() {}

    /** Whether a time is in the range. */
    public static boolean contain(Instant at) {
        return !at.isBefore(FIRST) && !at.isAfter(LAST);
    }

    /** The time truncated to milliseconds; {@link TokenFailure.Invalid} if it is out of range. */
    static Instant checked(String field, Instant at) {
        if (!contain(at)) {
            throw outside(field);
        }
        return at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The same for epoch milliseconds. */
    static void check(String field, long millis) {
        if (millis < FIRST_MILLIS || millis > LAST_MILLIS) {
            throw outside(field);
        }
    }

    private static TokenFailure.Invalid outside(String field) {
        return new TokenFailure.Invalid(field, field + " must be in one of the years 0 to 9999");
    }
}
