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
 * The order of moments, whichever way they are written: with a T or a space between date and time, with a fraction or
 * none, with a zone or in UTC, or a date alone for its midnight.
 */
final class TimestampCollation extends Collation {
    static final String NAME = "moments";

    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .toFormatter(Locale.ROOT);

    private final BooleanSupplier over;
    private String lastRead = "";
    private String lastMeant = "";
    private boolean unread;

    /** An order that is given up, for any other that ends soon, once a query has taken too long. */
    TimestampCollation(BooleanSupplier over) {
        this.over = over;
    }

    /** Nothing can end a sort from within; so what will be refused in any case is at least not thought about. */
    @Override
    protected int xCompare(String left, String right) {
        return unread || over.getAsBoolean() ? 0 : canonical(left).compareTo(canonical(right));
    }

    /** Refuses if something was compared with moments that is none: whatever came of it, it was not meant. */
    void checkAllRead() {
        if (unread) {
            throw new TokenFailure.BadQuery(
                    "something was compared with a timestamp that is none: expected a text like '2025-01-01 00:00:00'");
        }
    }

    private String canonical(String text) {
        if (isCanonical(text)) {
            return text;
        }
        // A column is compared with the same text over and over.
        if (!text.equals(lastRead)) {
            lastMeant = meant(text);
            lastRead = text;
        }
        return lastMeant;
    }

    private String meant(String text) {
        try {
            TemporalAccessor read =
                    FORM.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return SystemTokens.written(
                    switch (read) {
                        case OffsetDateTime moment -> moment.toInstant();
                        case LocalDateTime moment -> moment.toInstant(ZoneOffset.UTC);
                        case LocalDate date -> date.atStartOfDay().toInstant(ZoneOffset.UTC);
                        default -> throw new IllegalStateException("parsed to what was not asked for");
                    });
        } catch (DateTimeException e) {
            unread = true;
            return text;
        }
    }

    /** Almost all are: those in the table, and those from now(). */
    private static boolean isCanonical(String text) {
        boolean whole = text.length() == 19;
        boolean millis = text.length() == 23 && !text.endsWith(".000");
        return (whole || millis) && text.charAt(10) == 'T' && text.chars().allMatch(TimestampCollation::isOfMoment);
    }

    private static boolean isOfMoment(int c) {
        return (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '.' || c == 'T';
    }
}
