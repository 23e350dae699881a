package io.latchkey.domain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Timestamps that a user writes: {@code 2030-01-31T12:00:00Z} (RFC 3339), or {@code 2030-01-31} for the start of
 * that day.
 */
public final class HumanMoment {
    private static final int YEAR_DIGITS = 4;
    private static final int DATE_LENGTH = "2030-01-31".length();

    private HumanMoment() {}

    /** Whether a text begins like a timestamp: with a year and a hyphen. No duration does. */
    public static boolean looksLikeOne(String text) {
        return text.length() > YEAR_DIGITS
                && text.charAt(YEAR_DIGITS) == '-'
                && text.chars().limit(YEAR_DIGITS).allMatch(c -> c >= '0' && c <= '9');
    }

    /**
     * Parses a timestamp; a date is in UTC, not in the time zone of this machine.
     *
     * @throws TokenFailure.Invalid if it is not one
     */
    public static Instant parse(String text) {
        return (text.length() <= DATE_LENGTH ? startOfDay(text) : timestamp(text))
                .orElseThrow(() -> new TokenFailure.Invalid(
                        "expiry", "expected a date like 2030-01-31, or a timestamp like 2030-01-31T12:00:00Z"));
    }

    /**
     * Parses a timestamp or a date, or a duration from now such as {@code 2d} (see {@link HumanDuration}).
     *
     * @throws TokenFailure.Invalid if it is none of them, or after the year 9999
     */
    public static Instant parse(String text, Instant now) {
        if (looksLikeOne(text)) {
            return parse(text);
        }
        try {
            Instant at = now.plus(HumanDuration.parse(text)).truncatedTo(ChronoUnit.MILLIS);
            if (Timestamps.contain(at)) {
                return at;
            }
        } catch (TokenFailure.Invalid | DateTimeException | ArithmeticException e) {
            // the same refusal
        }
        throw new TokenFailure.Invalid(
                "time",
                "expected a date like 2030-01-31, a timestamp like 2030-01-31T12:00:00Z, or a duration from now like 2d");
    }

    /** A timestamp with a time and an offset, such as {@code 2030-01-31T12:00:00Z}; empty for any other text. */
    public static Optional<Instant> timestamp(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> startOfDay(String date) {
        try {
            return Optional.of(
                    LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
