package io.latchkey.http.server;

import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemStatus;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;

/** The HTTP response for a {@link Problem}, in the format of Latchkey's or of InfluxDB's API. */
public final class ProblemResponse {
    private ProblemResponse() {}

    /** The response to a request. */
    public static MutableHttpResponse<?> of(Problem refusal, HttpRequest<?> request) {
        MutableHttpResponse<?> answer =
                HttpResponse.status(HttpStatus.valueOf(refusal.status().code()));
        if (RequestPath.isOwn(request)) {
            answer.contentType("application/problem+json").body(refusal.problem());
        } else {
            answer.contentType(refusal.isInfluxJson() ? "application/json" : "text/plain; charset=utf-8")
                    .body(refusal.influx());
        }
        if (refusal.status() == ProblemStatus.UNAUTHORIZED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, challenge(request));
        }
        if (refusal.isInsufficientScope()
                && (RequestPath.isOwn(request) || !refusal.permission().isEmpty())) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, insufficientScope(refusal.permission()));
        }
        if (refusal.status() == ProblemStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer;
    }

    /**
     * The {@code WWW-Authenticate} header for a live token that may not do this (RFC 6750, section 3.1).
     *
     * @param permission the permission that it lacks; empty if there is none that would help
     */
    public static String insufficientScope(String permission) {
        String challenge = "Bearer realm=\"latchkey\", error=\"insufficient_scope\"";
        return permission.isEmpty()
                ? challenge
                : challenge + ", scope=\"" + PercentEncoding.encodeScope(permission) + "\"";
    }

    /**
     * The {@code WWW-Authenticate} header; without an error code if the request has no credential (RFC 6750, section
     * 3).
     */
    private static String challenge(HttpRequest<?> request) {
        String challenge = "Bearer realm=\"latchkey\"";
        return request.getHeaders().contains(HttpHeaders.AUTHORIZATION)
                ? challenge + ", error=\"invalid_token\""
                : challenge;
    }
}
