package io.latchkey.http.security;

import io.latchkey.domain.Expiry;
import io.latchkey.domain.Token;
import io.latchkey.http.wire.Paths;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/**
 * What whoever sent a request is told of its own token in the last days of it, so that the end surprises nobody: the
 * moment, in RFC 3339, in a header of every answer to what was allowed.
 */
@Singleton
final class ExpiryHeader {
    static final String HEADER = "Token-Expires";

    private final InstantSource clock;

    ExpiryHeader(InstantSource clock) {
        this.clock = clock;
    }

    /** Adds it; never where a credential is not believed, because whoever found a token must not learn that it is one. */
    void addTo(MutableHttpResponse<?> answer, HttpRequest<?> request, String path) {
        if (answer.code() < 400 && !Paths.isOpen(path) && Caller.of(request) instanceof Caller.Authenticated known) {
            addTo(answer, known.token());
        }
    }

    private void addTo(MutableHttpResponse<?> answer, Token token) {
        if (token.expiry()
                .isWithin(token.expiry().lastDays(Expiry.EXPIRING_SOON, token.createdAt()), clock.instant())) {
            token.expiry().end().ifPresent(end -> answer.getHeaders().set(HEADER, end.toString()));
        }
    }
}
