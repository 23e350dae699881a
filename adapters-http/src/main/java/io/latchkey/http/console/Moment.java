package io.latchkey.http.console;

import io.latchkey.domain.RelativeTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time for people: how far from now, and exactly in UTC. The script adds the time in the reader's zone. */
record Moment(Instant at, Instant now) {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    String relative() {
        return RelativeTime.of(at, now);
    }

    String exact() {
        return UTC.format(at);
    }

    String machine() {
        return at.toString();
    }
}
