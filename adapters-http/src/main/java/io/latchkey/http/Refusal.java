package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.ChangeRefused;
import io.latchkey.domain.TokenFailure;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.util.OptionalInt;

/**
 * A refusal as it goes over the wire: InfluxDB's bodies on InfluxDB's paths, problem details (RFC 9457) on Latchkey's.
 *
 * @param kind of the problem, one word that programs can rely on
 * @param field the property that is wrong; empty for none
 * @param place of the token that is refused among several that were sent, counted from 0; empty if one was
 */
record Refusal(HttpStatus status, String kind, String sentence, String field, OptionalInt place) {
    static final Refusal NOT_FOUND = new Refusal(HttpStatus.NOT_FOUND, "no-such-path", "Not found");
    static final Refusal UNAUTHENTICATED = of(new TokenFailure.Unauthenticated());
    static final Refusal MALFORMED_CREDENTIAL = new Refusal(
            HttpStatus.BAD_REQUEST,
            "malformed-credential",
            "Authorization header was malformed, the request was not in the form of 'Authorization: <auth-scheme>"
                    + " <token>', supported auth-schemes are Bearer, Token and Basic");
    static final Refusal WITHOUT_AUTH =
            new Refusal(HttpStatus.METHOD_NOT_ALLOWED, "without-auth", "endpoint disabled, started without auth");
    /** The authority cannot be asked; why is for the log. */
    static final Refusal UNAVAILABLE = new Refusal(
            HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "the token authority cannot answer now, try again");
    /** Something broke; what is for the log. */
    static final Refusal BROKEN = new Refusal(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "internal error");

    private static final String NO_SUCH_DATABASE = "no-such-database";
    private static final String PROBLEM_TYPE = "urn:latchkey:";

    Refusal(HttpStatus status, String kind, String sentence) {
        this(status, kind, sentence, "");
    }

    private Refusal(HttpStatus status, String kind, String sentence, String field) {
        this(status, kind, sentence, field, OptionalInt.empty());
    }

    /** How a refusal of one of several tokens is told. */
    static Refusal of(ChangeRefused refused) {
        Refusal one = of(refused.failure());
        return new Refusal(one.status, one.kind, one.sentence, one.field, OptionalInt.of(refused.index()));
    }

    /** How a refusal of the domain is told: the one place where it gets its status. */
    static Refusal of(TokenFailure failure) {
        String sentence = failure.sentence();
        return switch (failure) {
            case TokenFailure.Invalid invalid ->
                new Refusal(HttpStatus.BAD_REQUEST, "invalid", sentence, invalid.field());
            case TokenFailure.Unauthenticated _ -> new Refusal(HttpStatus.UNAUTHORIZED, "unauthenticated", sentence);
            case TokenFailure.Forbidden _ -> new Refusal(HttpStatus.FORBIDDEN, "forbidden", sentence);
            case TokenFailure.BootstrapRefused _ -> new Refusal(HttpStatus.FORBIDDEN, "bootstrap-refused", sentence);
            case TokenFailure.NotFound _ -> new Refusal(HttpStatus.NOT_FOUND, "no-such-token", sentence);
            case TokenFailure.NoOperator _ -> new Refusal(HttpStatus.NOT_FOUND, "no-operator", sentence);
            case TokenFailure.NameTaken _ -> new Refusal(HttpStatus.CONFLICT, "name-taken", sentence);
            case TokenFailure.SecretTaken _ -> new Refusal(HttpStatus.CONFLICT, "secret-taken", sentence);
            case TokenFailure.OperatorUndeletable _ ->
                new Refusal(HttpStatus.METHOD_NOT_ALLOWED, "operator-undeletable", sentence);
            case TokenFailure.OperatorUneditable _ -> new Refusal(HttpStatus.CONFLICT, "operator-uneditable", sentence);
            case TokenFailure.OperatorUndisablable _ ->
                new Refusal(HttpStatus.CONFLICT, "operator-undisablable", sentence);
            case TokenFailure.NotDisabled _ -> new Refusal(HttpStatus.CONFLICT, "not-disabled", sentence);
            case TokenFailure.RotationUnderWay _ -> new Refusal(HttpStatus.CONFLICT, "rotation-under-way", sentence);
            case TokenFailure.NoRotation _ -> new Refusal(HttpStatus.CONFLICT, "no-rotation", sentence);
            case TokenFailure.AlreadyRotated _ -> new Refusal(HttpStatus.CONFLICT, "already-rotated", sentence);
            case TokenFailure.AlreadyRecorded _ -> new Refusal(HttpStatus.CONFLICT, "already-recorded", sentence);
            case TokenFailure.LedgerBroken _ ->
                new Refusal(HttpStatus.INTERNAL_SERVER_ERROR, "ledger-broken", sentence);
            case TokenFailure.BadQuery _ -> badRequest(sentence);
            case TokenFailure.NoSuchDatabase _ -> new Refusal(HttpStatus.NOT_FOUND, NO_SUCH_DATABASE, sentence);
            case TokenFailure.Stale _ -> new Refusal(HttpStatus.PRECONDITION_FAILED, "stale", sentence);
        };
    }

    /** A request that cannot be understood. */
    static Refusal badRequest(String sentence) {
        return new Refusal(HttpStatus.BAD_REQUEST, "bad-request", sentence);
    }

    /** A query with a parameter that is not understood. */
    static Refusal parameter(String name, String sentence) {
        return new Refusal(HttpStatus.BAD_REQUEST, "invalid", sentence, BadJson.quoted(name));
    }

    /** A body that is not the JSON it should be. */
    static Refusal of(BadJson failure) {
        return new Refusal(HttpStatus.BAD_REQUEST, "bad-json", failure.sentence(), failure.field());
    }

    /** The answer to a request. */
    MutableHttpResponse<?> answer(HttpRequest<?> request) {
        MutableHttpResponse<?> answer = HttpResponse.status(status);
        if (Paths.isOwn(request)) {
            answer.contentType("application/problem+json").body(problem());
        } else if (isInfluxJson()) {
            answer.contentType("application/json").body(("{\"error\": \"" + sentence + "\"}").getBytes(UTF_8));
        } else if (kind.equals(NO_SUCH_DATABASE)) {
            answer.contentType("application/json").body(queryError());
        } else {
            answer.contentType("text/plain; charset=utf-8").body(influxText().getBytes(UTF_8));
        }
        if (status == HttpStatus.UNAUTHORIZED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, challenge(request));
        }
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer;
    }

    /** Contract 1.4.3: these sentences hold nothing that JSON would escape. */
    private boolean isInfluxJson() {
        return switch (kind) {
            case "unauthenticated", "forbidden", "malformed-credential", "unavailable", "internal" -> true;
            default -> false;
        };
    }

    /** Contract 1.10.6: the only one of InfluxDB's errors that quotes what was asked for in JSON. */
    private byte[] queryError() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("error", sentence);
            json.writeEndObject();
        });
    }

    private String influxText() {
        return kind.equals("bad-json") ? "serde json error: " + sentence : sentence;
    }

    /** The refusal as problem details. */
    byte[] problem() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", PROBLEM_TYPE + kind);
            json.writeStringField("title", status.getReason());
            json.writeNumberField("status", status.getCode());
            json.writeStringField("detail", sentence);
            if (!field.isEmpty()) {
                json.writeStringField("field", field);
            }
            if (place.isPresent()) {
                json.writeNumberField("index", place.getAsInt());
            }
            json.writeEndObject();
        });
    }

    /** RFC 6750, section 3: no error code for a request without any credential. */
    private static String challenge(HttpRequest<?> request) {
        String challenge = "Bearer realm=\"latchkey\"";
        return request.getHeaders().contains(HttpHeaders.AUTHORIZATION)
                ? challenge + ", error=\"invalid_token\""
                : challenge;
    }

    /** The kind of a problem that {@link #problem()} wrote the type of; empty for any other. */
    static String kindOf(String problemType) {
        return problemType.startsWith(PROBLEM_TYPE) ? problemType.substring(PROBLEM_TYPE.length()) : "";
    }
}
