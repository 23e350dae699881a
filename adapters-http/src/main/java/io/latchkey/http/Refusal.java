package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.ChangeRefused;
import io.latchkey.domain.TokenFailure;
import java.util.OptionalInt;

/**
 * A refusal as server and client know it: InfluxDB's bodies on InfluxDB's paths, problem details (RFC 9457) on Latchkey's.
 *
 * <p>Commands load this class, and they have no Micronaut on their class path: {@link RefusalAnswer} makes the response.
 *
 * @param kind of the problem, one word that programs can rely on
 * @param field the property that is wrong; empty for none
 * @param place of the token that is refused among several that were sent, counted from 0; empty if one was
 */
record Refusal(Status status, String kind, String sentence, String field, OptionalInt place) {
    static final Refusal NOT_FOUND = new Refusal(Status.NOT_FOUND, "no-such-path", "Not found");
    static final Refusal UNAUTHENTICATED = of(new TokenFailure.Unauthenticated());
    static final Refusal MALFORMED_CREDENTIAL = new Refusal(
            Status.BAD_REQUEST,
            "malformed-credential",
            "Authorization header was malformed, the request was not in the form of 'Authorization: <auth-scheme>"
                    + " <token>', supported auth-schemes are Bearer, Token and Basic");
    static final Refusal WITHOUT_AUTH =
            new Refusal(Status.METHOD_NOT_ALLOWED, "without-auth", "endpoint disabled, started without auth");
    /** The authority cannot be asked; why is for the log. */
    static final Refusal UNAVAILABLE =
            new Refusal(Status.SERVICE_UNAVAILABLE, "unavailable", "the token authority cannot answer now, try again");
    /** Something broke; what is for the log. */
    static final Refusal BROKEN = new Refusal(Status.INTERNAL_SERVER_ERROR, "internal", "internal error");

    private static final String NO_SUCH_DATABASE = "no-such-database";
    private static final String PROBLEM_TYPE = "urn:latchkey:";

    Refusal(Status status, String kind, String sentence) {
        this(status, kind, sentence, "");
    }

    private Refusal(Status status, String kind, String sentence, String field) {
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
            case TokenFailure.Invalid invalid -> new Refusal(Status.BAD_REQUEST, "invalid", sentence, invalid.field());
            case TokenFailure.Unauthenticated _ -> new Refusal(Status.UNAUTHORIZED, "unauthenticated", sentence);
            case TokenFailure.Forbidden _ -> new Refusal(Status.FORBIDDEN, "forbidden", sentence);
            case TokenFailure.BootstrapRefused _ -> new Refusal(Status.FORBIDDEN, "bootstrap-refused", sentence);
            case TokenFailure.NotFound _ -> new Refusal(Status.NOT_FOUND, "no-such-token", sentence);
            case TokenFailure.NoOperator _ -> new Refusal(Status.NOT_FOUND, "no-operator", sentence);
            case TokenFailure.NameTaken _ -> new Refusal(Status.CONFLICT, "name-taken", sentence);
            case TokenFailure.SecretTaken _ -> new Refusal(Status.CONFLICT, "secret-taken", sentence);
            case TokenFailure.OperatorUndeletable _ ->
                new Refusal(Status.METHOD_NOT_ALLOWED, "operator-undeletable", sentence);
            case TokenFailure.OperatorUneditable _ -> new Refusal(Status.CONFLICT, "operator-uneditable", sentence);
            case TokenFailure.OperatorUndisablable _ -> new Refusal(Status.CONFLICT, "operator-undisablable", sentence);
            case TokenFailure.NotDisabled _ -> new Refusal(Status.CONFLICT, "not-disabled", sentence);
            case TokenFailure.RotationUnderWay _ -> new Refusal(Status.CONFLICT, "rotation-under-way", sentence);
            case TokenFailure.NoRotation _ -> new Refusal(Status.CONFLICT, "no-rotation", sentence);
            case TokenFailure.AlreadyRotated _ -> new Refusal(Status.CONFLICT, "already-rotated", sentence);
            case TokenFailure.AlreadyRecorded _ -> new Refusal(Status.CONFLICT, "already-recorded", sentence);
            case TokenFailure.LedgerBroken _ -> new Refusal(Status.INTERNAL_SERVER_ERROR, "ledger-broken", sentence);
            case TokenFailure.BadQuery _ -> badRequest(sentence);
            case TokenFailure.NoSuchDatabase _ -> new Refusal(Status.NOT_FOUND, NO_SUCH_DATABASE, sentence);
            case TokenFailure.Stale _ -> new Refusal(Status.PRECONDITION_FAILED, "stale", sentence);
        };
    }

    /** A request that cannot be understood. */
    static Refusal badRequest(String sentence) {
        return new Refusal(Status.BAD_REQUEST, "bad-request", sentence);
    }

    /** A query with a parameter that is not understood. */
    static Refusal parameter(String name, String sentence) {
        return new Refusal(Status.BAD_REQUEST, "invalid", sentence, BadJson.quoted(name));
    }

    /** A body that is not the JSON it should be. */
    static Refusal of(BadJson failure) {
        return new Refusal(Status.BAD_REQUEST, "bad-json", failure.sentence(), failure.field());
    }

    /** What InfluxDB's endpoints say in JSON instead of plain text. */
    boolean isInfluxJson() {
        return switch (kind) {
            case "unauthenticated", "forbidden", "malformed-credential", "unavailable", "internal", NO_SUCH_DATABASE ->
                true;
            default -> false;
        };
    }

    /** The refusal as the body that InfluxDB's endpoints answer. */
    byte[] influx() {
        if (kind.equals(NO_SUCH_DATABASE)) {
            return queryError();
        }
        // Contract 1.4.3: these sentences hold nothing that JSON would escape.
        return (isInfluxJson() ? "{\"error\": \"" + sentence + "\"}" : influxText()).getBytes(UTF_8);
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
            json.writeStringField("title", status.title());
            json.writeNumberField("status", status.code());
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

    /** The kind of a problem that {@link #problem()} wrote the type of; empty for any other. */
    static String kindOf(String problemType) {
        return problemType.startsWith(PROBLEM_TYPE) ? problemType.substring(PROBLEM_TYPE.length()) : "";
    }

    /** A body is longer than the limit. */
    static Refusal tooLarge(long limit) {
        return new Refusal(
                Status.REQUEST_ENTITY_TOO_LARGE, "too-large", "max request size (" + limit + " bytes) exceeded");
    }
}
