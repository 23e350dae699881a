package io.latchkey.http.oauth;

import io.latchkey.domain.TokenFailure;
import io.latchkey.http.json.JsonWriter;
import io.latchkey.http.server.ProblemResponse;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;

/** An OAuth error response (RFC 6749, section 5.2). */
@SuppressWarnings("serial") // never serialized
final class OAuthFailure extends RuntimeException {
    private final HttpStatus status;
    private final String error;
    private final String description;
    private final List<String> challenges;

    private OAuthFailure(HttpStatus status, String error, String description, List<String> challenges) {
        super(description, null, false, false);
        this.status = status;
        this.error = error;
        this.description = description;
        this.challenges = challenges;
    }

    /** The client did not send a live token of its own. */
    static OAuthFailure invalidClient() {
        return new OAuthFailure(
                HttpStatus.UNAUTHORIZED,
                "invalid_client",
                "authenticate with a token: as Bearer, as the password of Basic, or as client_secret",
                List.of("Bearer realm=\"latchkey\"", "Basic realm=\"latchkey\""));
    }

    /** The client has a live token, which has not the permission that the request needs. */
    static OAuthFailure insufficientScope(TokenFailure.PermissionMissing missing) {
        return new OAuthFailure(
                HttpStatus.FORBIDDEN,
                "insufficient_scope",
                missing.sentence(),
                List.of(ProblemResponse.insufficientScope(missing.permission())));
    }

    /** The request is invalid. */
    static OAuthFailure invalidRequest(String description) {
        return new OAuthFailure(HttpStatus.BAD_REQUEST, "invalid_request", description, List.of());
    }

    /** The HTTP response. */
    MutableHttpResponse<?> answer() {
        MutableHttpResponse<?> answer = HttpResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .body(JsonWriter.object(json -> json.with("error", error).with("error_description", description)));
        challenges.forEach(challenge -> answer.header(HttpHeaders.WWW_AUTHENTICATE, challenge));
        return answer;
    }
}
