package io.latchkey.http.server;

import io.latchkey.application.FatalErrors;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemStatus;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.net.URISyntaxException;

/** The answers to what Micronaut itself finds wrong; of its own words, none is ever seen outside. */
@Singleton
final class FrameworkErrors implements ErrorResponseProcessor<Object> {
    private static final Problem HEAD_TOO_LARGE = new Problem(
            ProblemStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            "head-too-large",
            "the URL or the headers of the request are too long");

    private final CommonHeaders headers;
    private final long maxRequestSize;

    FrameworkErrors(CommonHeaders headers, HttpServerConfiguration configuration) {
        this.headers = headers;
        this.maxRequestSize = configuration.getMaxRequestSize();
    }

    @Override
    @SuppressWarnings("unchecked") // the body is bytes, whatever the type that Micronaut asks for
    public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> base) {
        HttpRequest<?> request = context.getRequest();
        MutableHttpResponse<?> answer = ProblemResponse.of(refusal(base.code(), context), request);
        // What cannot even be parsed never meets a filter.
        headers.add(answer);
        return (MutableHttpResponse<Object>) answer;
    }

    private Problem refusal(int status, ErrorContext context) {
        if (status >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()) {
            context.getRootCause().ifPresent(FatalErrors::check);
            return Problem.BROKEN;
        }
        return switch (HttpStatus.valueOf(status)) {
            // Contract 1.2: a wrong method is a wrong path.
            case NOT_FOUND, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE -> Problem.NOT_FOUND;
            // Of a head, Micronaut gives no cause.
            case REQUEST_ENTITY_TOO_LARGE ->
                context.getRootCause().isPresent() ? Problem.tooLarge(maxRequestSize) : HEAD_TOO_LARGE;
            default ->
                Problem.badRequest(
                        context.getRootCause().orElse(null) instanceof URISyntaxException
                                ? "the URL is not percent-encoded UTF-8"
                                : "the request is not valid HTTP");
        };
    }
}
