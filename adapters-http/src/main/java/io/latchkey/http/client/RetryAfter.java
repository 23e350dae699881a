package io.latchkey.http.client;

import io.latchkey.http.wire.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads the header {@code Retry-After} (RFC 9110, section 10.2.3): seconds or a date. */
public final class RetryAfter {
    private RetryAfter() {}

    /** The time to wait, not negative; empty if the header is missing or invalid. */
    public static Optional<Duration> of(RawResponse answer, Instant now) {
        return answer.header("Retry-After").flatMap(value -> span(value, now));
    }

    private static Optional<Duration> span(String value, Instant now) {
        if (value.matches("[0-9]{1,15}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        return HttpDate.parse(value)
                .map(date -> Duration.between(now, date))
                .map(span -> span.isNegative() ? Duration.ZERO : span);
    }
}
