package io.latchkey.persistence.sandbox;

import io.latchkey.application.table.SystemTokens;
import io.latchkey.domain.TokenFailure;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.sqlite.Collation;

/**
 * Orders texts as timestamps, in any of InfluxDB's forms: with T or a space between date and time, with or without a
 * fraction, with an offset or in UTC, or only a date, which is its midnight. Not thread-safe.
 */
final class TimestampCollation extends Collation {
    static final String NAME = "timestamps";

    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .toFormatter(Locale.ROOT);

    private final BooleanSupplier over;
    private String lastText = "";
    private String lastCanonical = "";
    private boolean malformed;

    /** @param over whether the query must end; then all texts are equal, so that a sort ends soon */
    TimestampCollation(BooleanSupplier over) {
        this.over = over;
    }

    /** A comparison cannot stop a sort; so it costs nothing once the query is going to be refused. */
    @Override
    protected int xCompare(String left, String right) {
        return malformed || over.getAsBoolean() ? 0 : canonical(left).compareTo(canonical(right));
    }

    /** Throws {@link TokenFailure.BadQuery} if a text that was compared is no timestamp. */
    void checkAllParsed() {
        if (malformed) {
            throw new TokenFailure.BadQuery(
                    "a timestamp was compared with another text: expected one like '2025-01-01 00:00:00'");
        }
    }

    private String canonical(String text) {
        if (isCanonical(text)) {
            return text;
        }
        // A column is usually compared with the same text again and again.
        if (!text.equals(lastText)) {
            lastCanonical = parsed(text);
            lastText = text;
        }
        return lastCanonical;
    }

    private String parsed(String text) {
        try {
            TemporalAccessor timestamp =
                    FORM.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return SystemTokens.written(
                    switch (timestamp) {
                        case OffsetDateTime withOffset -> withOffset.toInstant();
                        case LocalDateTime inUtc -> inUtc.toInstant(ZoneOffset.UTC);
                        case LocalDate date -> date.atStartOfDay().toInstant(ZoneOffset.UTC);
                        default -> throw new IllegalStateException("parseBest returned a type it was not given");
                    });
        } catch (DateTimeException e) {
            malformed = true;
            return text;
        }
    }

    /** Whether a text has the form of {@link SystemTokens#written}, as all values of the table and of now() have. */
    private static boolean isCanonical(String text) {
        boolean whole = text.length() == 19;
        boolean millis = text.length() == 23 && !text.endsWith(".000");
        return (whole || millis) && text.charAt(10) == 'T' && text.chars().allMatch(TimestampCollation::isOfTimestamp);
    }

    private static boolean isOfTimestamp(int c) {
        return (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '.' || c == 'T';
    }
}
