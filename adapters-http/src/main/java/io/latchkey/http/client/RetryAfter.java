package io.latchkey.http.client;

import io.latchkey.http.wire.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The header Retry-After (RFC 9110, section 10.2.3): seconds, or a date. */
public final class RetryAfter {
    private RetryAfter() {}

    /** How long an answer asks to wait, never negative; empty if it does not, or not in an understandable way. */
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
