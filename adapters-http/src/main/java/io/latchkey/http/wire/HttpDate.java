package io.latchkey.http.wire;

import io.netty.util.AsciiString;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The value of the {@code Date} header (RFC 9110, section 5.6.7), formatted once a second. */
public final class HttpDate {
    /** Not Java's RFC_1123_DATE_TIME, which omits the leading zero of the day. */
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** 9999-12-31T23:59:59Z, the last second with a year of four digits. */
    private static final long LAST = 253_402_300_799L;

    private final InstantSource clock;
    private volatile Second last = new Second(Long.MIN_VALUE, AsciiString.EMPTY_STRING);

    public HttpDate(InstantSource clock) {
        this.clock = clock;
    }

    /** The time that a header means; empty if it is none. */
    public static Optional<Instant> parse(String header) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The current date; the last that has a form if the clock is beyond it. */
    public AsciiString now() {
        long second = Math.min(Math.floorDiv(clock.millis(), 1000L), LAST);
        Second current = last;
        if (current.number() != second) {
            current = Second.of(second);
            last = current;
        }
        return current.text();
    }

    private record Second(long number, AsciiString text) {
        static Second of(long number) {
            return new Second(number, new AsciiString(FORMAT.format(Instant.ofEpochSecond(number))));
        }
    }
}
