package io.latchkey.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.domain.TokenFailure;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.server.ProblemResponse;
import java.util.OptionalInt;

/**
 * A refusal as server and client know it: InfluxDB's bodies on InfluxDB's paths, problem details (RFC 9457) on Latchkey's.
 *
 * <p>Commands load this class, and they have no Micronaut on their class path: {@link ProblemResponse} makes the response.
 *
 * @param kind of the problem, one word that programs can rely on
 * @param field the property that is wrong; empty for none
 * @param place of the token that is refused among several that were sent, counted from 0; empty if one was
 */
public record Problem(ProblemStatus status, String kind, String sentence, String field, OptionalInt place) {
    public static final Problem NOT_FOUND = new Problem(ProblemStatus.NOT_FOUND, "no-such-path", "Not found");
    public static final Problem UNAUTHENTICATED = of(new TokenFailure.Unauthenticated());
    public static final Problem MALFORMED_CREDENTIAL = new Problem(
            ProblemStatus.BAD_REQUEST,
            "malformed-credential",
            "Authorization header was malformed, the request was not in the form of 'Authorization: <auth-scheme>"
                    + " <token>', supported auth-schemes are Bearer, Token and Basic");
    public static final Problem WITHOUT_AUTH =
            new Problem(ProblemStatus.METHOD_NOT_ALLOWED, "without-auth", "endpoint disabled, started without auth");
    /** The authority cannot be asked; why is for the log. */
    public static final Problem UNAVAILABLE = new Problem(
            ProblemStatus.SERVICE_UNAVAILABLE, "unavailable", "the token authority cannot answer now, try again");
    /** Something broke; what is for the log. */
    public static final Problem BROKEN = new Problem(ProblemStatus.INTERNAL_SERVER_ERROR, "internal", "internal error");

    private static final String NO_SUCH_DATABASE = "no-such-database";
    private static final String PROBLEM_TYPE = "urn:latchkey:";

    public Problem(ProblemStatus status, String kind, String sentence) {
        this(status, kind, sentence, "");
    }

    private Problem(ProblemStatus status, String kind, String sentence, String field) {
        this(status, kind, sentence, field, OptionalInt.empty());
    }

    /** How a refusal of one of several tokens is told. */
    public static Problem of(ChangeRefused refused) {
        Problem one = of(refused.failure());
        return new Problem(one.status, one.kind, one.sentence, one.field, OptionalInt.of(refused.index()));
    }

    /** How a refusal of the domain is told: the one place where it gets its status. */
    public static Problem of(TokenFailure failure) {
        String sentence = failure.sentence();
        return switch (failure) {
            case TokenFailure.Invalid invalid ->
                new Problem(ProblemStatus.BAD_REQUEST, "invalid", sentence, invalid.field());
            case TokenFailure.Unauthenticated _ -> new Problem(ProblemStatus.UNAUTHORIZED, "unauthenticated", sentence);
            case TokenFailure.Forbidden _ -> new Problem(ProblemStatus.FORBIDDEN, "forbidden", sentence);
            case TokenFailure.BootstrapRefused _ -> new Problem(ProblemStatus.FORBIDDEN, "bootstrap-refused", sentence);
            case TokenFailure.NotFound _ -> new Problem(ProblemStatus.NOT_FOUND, "no-such-token", sentence);
            case TokenFailure.NoOperator _ -> new Problem(ProblemStatus.NOT_FOUND, "no-operator", sentence);
            case TokenFailure.NameTaken _ -> new Problem(ProblemStatus.CONFLICT, "name-taken", sentence);
            case TokenFailure.SecretTaken _ -> new Problem(ProblemStatus.CONFLICT, "secret-taken", sentence);
            case TokenFailure.OperatorCannotBeDeleted _ ->
                new Problem(ProblemStatus.METHOD_NOT_ALLOWED, "operator-undeletable", sentence);
            case TokenFailure.OperatorCannotBeEdited _ ->
                new Problem(ProblemStatus.CONFLICT, "operator-uneditable", sentence);
            case TokenFailure.OperatorCannotBeDisabled _ ->
                new Problem(ProblemStatus.CONFLICT, "operator-undisablable", sentence);
            case TokenFailure.NotDisabled _ -> new Problem(ProblemStatus.CONFLICT, "not-disabled", sentence);
            case TokenFailure.RotationUnderWay _ -> new Problem(ProblemStatus.CONFLICT, "rotation-under-way", sentence);
            case TokenFailure.NoRotation _ -> new Problem(ProblemStatus.CONFLICT, "no-rotation", sentence);
            case TokenFailure.AlreadyRotated _ -> new Problem(ProblemStatus.CONFLICT, "already-rotated", sentence);
            case TokenFailure.AlreadyRecorded _ -> new Problem(ProblemStatus.CONFLICT, "already-recorded", sentence);
            case TokenFailure.LedgerBroken _ ->
                new Problem(ProblemStatus.INTERNAL_SERVER_ERROR, "ledger-broken", sentence);
            case TokenFailure.BadQuery _ -> badRequest(sentence);
            case TokenFailure.NoSuchDatabase _ -> new Problem(ProblemStatus.NOT_FOUND, NO_SUCH_DATABASE, sentence);
            case TokenFailure.VersionMismatch _ -> new Problem(ProblemStatus.PRECONDITION_FAILED, "stale", sentence);
        };
    }

    /** A request that cannot be understood. */
    public static Problem badRequest(String sentence) {
        return new Problem(ProblemStatus.BAD_REQUEST, "bad-request", sentence);
    }

    /** A query with a parameter that is not understood. */
    public static Problem parameter(String name, String sentence) {
        return new Problem(ProblemStatus.BAD_REQUEST, "invalid", sentence, JsonException.quoted(name));
    }

    /** A body that is not the JSON it should be. */
    public static Problem of(JsonException failure) {
        return new Problem(ProblemStatus.BAD_REQUEST, "bad-json", failure.sentence(), failure.field());
    }

    /** What InfluxDB's endpoints say in JSON instead of plain text. */
    public boolean isInfluxJson() {
        return switch (kind) {
            case "unauthenticated", "forbidden", "malformed-credential", "unavailable", "internal", NO_SUCH_DATABASE ->
                true;
            default -> false;
        };
    }

    /** The refusal as the body that InfluxDB's endpoints answer. */
    public byte[] influx() {
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
    public byte[] problem() {
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
    public static String kindOf(String problemType) {
        return problemType.startsWith(PROBLEM_TYPE) ? problemType.substring(PROBLEM_TYPE.length()) : "";
    }

    /** A body is longer than the limit. */
    public static Problem tooLarge(long limit) {
        return new Problem(
                ProblemStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "max request size (" + limit + " bytes) exceeded");
    }
}
