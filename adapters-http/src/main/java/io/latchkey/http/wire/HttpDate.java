package io.latchkey.http.wire;

import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The date of an answer (RFC 9110, section 5.6.7), formatted once a second. */
public final class HttpDate {
    /** Java's own RFC 1123 leaves out a leading zero. */
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private volatile Second last = new Second(Long.MIN_VALUE, AsciiString.EMPTY_STRING);

    public HttpDate(InstantSource clock) {
        this.clock = clock;
    }

    /** What it is now. */
    public AsciiString now() {
        long second = Math.floorDiv(clock.millis(), 1000L);
        Second known = last;
        if (known.number() != second) {
            known = Second.of(second);
            last = known;
        }
        return known.text();
    }

    private record Second(long number, AsciiString text) {
        static Second of(long number) {
            return new Second(number, new AsciiString(FORMAT.format(Instant.ofEpochSecond(number))));
        }
    }
}
