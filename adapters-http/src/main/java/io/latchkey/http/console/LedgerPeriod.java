package io.latchkey.http.console;

import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.HumanMoment;
import io.latchkey.domain.TokenFailure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A period of the ledger as a reader types it: dates and times in the zone of the reader, which the script of the page knows,
 * or how long ago.
 *
 * @param since inclusive
 * @param until exclusive
 */
record LedgerPeriod(Optional<Instant> since, Optional<Instant> until) {
    static final LedgerPeriod ANY = new LedgerPeriod(Optional.empty(), Optional.empty());

    static final String SINCE = "since";
    static final String UNTIL = "until";
    static final String ZONE = "zone";

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern DATE_TIME =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[ Tt]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)");

    /** @throws TokenFailure.Invalid if the fields of a query are not understood */
    static LedgerPeriod of(FormFields query, Instant now) {
        ZoneId zone = zone(query);
        return new LedgerPeriod(moment(query, SINCE, zone, now), moment(query, UNTIL, zone, now));
    }

    private static ZoneId zone(FormFields query) {
        if (!query.has(ZONE)) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(query.text(ZONE));
        } catch (DateTimeException e) {
            throw new TokenFailure.Invalid(ZONE, "expected a time zone such as Europe/Berlin");
        }
    }

    private static Optional<Instant> moment(FormFields query, String field, ZoneId zone, Instant now) {
        String text = query.text(field);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(moment(text, zone, now));
        } catch (TokenFailure.Invalid | DateTimeException | ArithmeticException e) {
            throw new TokenFailure.Invalid(
                    field,
                    "expected a date such as 2030-01-31, a time such as 2030-01-31 12:00, or how long ago, such as 2d");
        }
    }

    private static Instant moment(String text, ZoneId zone, Instant now) {
        if (DATE.matcher(text).matches()) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        if (DATE_TIME.matcher(text).matches()) {
            return LocalDateTime.parse(DATE_TIME.matcher(text).replaceFirst("$1T$2"))
                    .atZone(zone)
                    .toInstant();
        }
        return HumanMoment.looksLikeOne(text) ? HumanMoment.parse(text) : now.minus(HumanDuration.parse(text));
    }
}
