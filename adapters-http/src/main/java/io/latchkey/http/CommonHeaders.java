package io.latchkey.http;

import io.latchkey.application.TokenAuthority;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.netty.util.AsciiString;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The headers of every answer (contract 1.3 and A.2, rows 13 and 17). */
@Singleton
final class CommonHeaders {
    /** RFC 9110, section 5.6.7; Java's own RFC 1123 leaves out a leading zero. */
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String instanceId;
    private final InstantSource clock;
    private volatile Date date = new Date(Long.MIN_VALUE, AsciiString.EMPTY_STRING);

    CommonHeaders(TokenAuthority authority, InstantSource clock) {
        this.instanceId = authority.instanceId().toString();
        this.clock = clock;
    }

    void add(MutableHttpResponse<?> answer) {
        addToPreflight(answer);
        answer.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Contract 1.2: what a preflight answers may be kept. */
    void addToPreflight(MutableHttpResponse<?> answer) {
        answer.getHeaders()
                .set(HttpHeaders.DATE, date())
                .set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .set("cluster-uuid", instanceId);
    }

    /** The date of an answer, formatted once a second. */
    AsciiString date() {
        long now = Math.floorDiv(clock.millis(), 1000L);
        Date last = date;
        if (last.second() != now) {
            last = Date.of(now);
            date = last;
        }
        return last.text();
    }

    private record Date(long second, AsciiString text) {
        static Date of(long second) {
            return new Date(second, new AsciiString(FORMAT.format(Instant.ofEpochSecond(second))));
        }
    }
}
