package io.latchkey.http.server;

import io.latchkey.domain.Timestamps;
import io.latchkey.http.wire.HttpDate;
import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.InstantSource;

/** The value of the {@code Date} header of answers (RFC 9110, section 6.6.1), formatted once a second. */
public final class CurrentDate {
    private final InstantSource clock;
    private volatile Second last = new Second(Long.MIN_VALUE, AsciiString.EMPTY_STRING);

    public CurrentDate(InstantSource clock) {
        this.clock = clock;
    }

    /** The current date; the last one with four digits in its year if the clock is beyond it. */
    public AsciiString now() {
        long second = Math.min(Math.floorDiv(clock.millis(), 1000L), Timestamps.LAST_SECOND);
        Second current = last;
        if (current.number() != second) {
            current = Second.of(second);
            last = current;
        }
        return current.text();
    }

    private record Second(long number, AsciiString text) {
        static Second of(long number) {
            return new Second(number, new AsciiString(HttpDate.format(Instant.ofEpochSecond(number))));
        }
    }
}
