package io.latchkey.http.oauth;

import io.latchkey.http.json.JsonWriter;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;

/** An OAuth error response (RFC 6749, section 5.2). */
@SuppressWarnings("serial") // never serialized
final class OAuthFailure extends RuntimeException {
    private final HttpStatus status;
    private final String error;
    private final String description;

    private OAuthFailure(HttpStatus status, String error, String description) {
        super(description, null, false, false);
        this.status = status;
        this.error = error;
        this.description = description;
    }

    /** The client did not send a live token of its own. */
    static OAuthFailure invalidClient() {
        return new OAuthFailure(
                HttpStatus.UNAUTHORIZED,
                "invalid_client",
                "authenticate with an admin token: as Bearer, as the password of Basic, or as client_secret");
    }

    /** The request is invalid. */
    static OAuthFailure invalidRequest(String description) {
        return new OAuthFailure(HttpStatus.BAD_REQUEST, "invalid_request", description);
    }

    /** The HTTP response. */
    MutableHttpResponse<?> answer() {
        MutableHttpResponse<?> answer = HttpResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .body(JsonWriter.object(json -> json.with("error", error).with("error_description", description)));
        if (status == HttpStatus.UNAUTHORIZED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"latchkey\"")
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"latchkey\"");
        }
        return answer;
    }
}
