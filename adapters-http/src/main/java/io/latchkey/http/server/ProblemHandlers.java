package io.latchkey.http.server;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.domain.TokenFailure;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps exceptions to {@link Problem}s; clients never see Micronaut's own errors. */
@Factory
final class ProblemHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandlers.class);

    @Singleton
    ExceptionHandler<TokenFailure, HttpResponse<?>> ofTokenFailure() {
        return (request, failure) -> ProblemResponse.of(Problem.of(failure), request);
    }

    @Singleton
    ExceptionHandler<ChangeRefused, HttpResponse<?>> ofChangeRefused() {
        return (request, refused) -> ProblemResponse.of(Problem.of(refused), request);
    }

    @Singleton
    ExceptionHandler<ProblemException, HttpResponse<?>> ofProblem() {
        return (request, refused) -> ProblemResponse.of(refused.refusal(), request);
    }

    @Singleton
    ExceptionHandler<JsonException, HttpResponse<?>> ofJson() {
        return (request, failure) -> ProblemResponse.of(Problem.of(failure), request);
    }

    @Singleton
    ExceptionHandler<AuthorityUnavailable, HttpResponse<?>> ofUnavailable() {
        return (request, failure) -> {
            LOG.error("the store cannot be used", failure);
            return ProblemResponse.of(Problem.UNAVAILABLE, request);
        };
    }
}
