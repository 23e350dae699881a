package io.latchkey.http.security;

import io.latchkey.domain.Expiry;
import io.latchkey.domain.Token;
import io.latchkey.http.wire.Paths;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/**
 * Adds {@code Token-Expires} to successful responses if the caller's token expires soon: in its last 14 days, or in the
 * second half of a shorter lifetime. The value is the expiry as in RFC 3339.
 */
@Singleton
final class ExpiryHeader {
    static final String HEADER = "Token-Expires";

    private final InstantSource clock;

    ExpiryHeader(InstantSource clock) {
        this.clock = clock;
    }

    /** Adds the header; never to a refusal, which must not reveal that a token is live. */
    void addTo(MutableHttpResponse<?> answer, HttpRequest<?> request, String path) {
        if (answer.code() < 400 && !Paths.isOpen(path) && Caller.of(request) instanceof Caller.Authenticated caller) {
            addTo(answer, caller.token());
        }
    }

    private void addTo(MutableHttpResponse<?> answer, Token token) {
        if (token.expiry()
                .isWithin(token.expiry().lastDays(Expiry.EXPIRING_SOON, token.createdAt()), clock.instant())) {
            token.expiry().end().ifPresent(end -> answer.getHeaders().set(HEADER, end.toString()));
        }
    }
}
