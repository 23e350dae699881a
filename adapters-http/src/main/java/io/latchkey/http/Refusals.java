package io.latchkey.http;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ChangeRefused;
import io.latchkey.domain.TokenFailure;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from every exception to a {@link Refusal}: nothing of Micronaut's own errors is ever seen outside. */
@Factory
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    @Singleton
    ExceptionHandler<TokenFailure, HttpResponse<?>> ofTheDomain() {
        return (request, failure) -> RefusalAnswer.of(Refusal.of(failure), request);
    }

    @Singleton
    ExceptionHandler<ChangeRefused, HttpResponse<?>> ofSeveral() {
        return (request, refused) -> RefusalAnswer.of(Refusal.of(refused), request);
    }

    @Singleton
    ExceptionHandler<RefusedRequest, HttpResponse<?>> ofTheWire() {
        return (request, refused) -> RefusalAnswer.of(refused.refusal(), request);
    }

    @Singleton
    ExceptionHandler<BadJson, HttpResponse<?>> ofJson() {
        return (request, failure) -> RefusalAnswer.of(Refusal.of(failure), request);
    }

    @Singleton
    ExceptionHandler<AuthorityUnavailable, HttpResponse<?>> ofTheStore() {
        return (request, failure) -> {
            LOG.error("the store cannot be used", failure);
            return RefusalAnswer.of(Refusal.UNAVAILABLE, request);
        };
    }
}
