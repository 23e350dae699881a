package io.latchkey.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.domain.TokenFailure;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonWriter;
import java.util.OptionalInt;

/**
 * An error response: problem details (RFC 9457) on Latchkey's paths, InfluxDB's bodies on InfluxDB's paths.
 *
 * <p>Commands load this class and have no Micronaut on their class path, so {@code ProblemResponse} makes the HTTP
 * response.
 *
 * @param kind one word for programs, which never changes
 * @param sentence the message for people
 * @param field the invalid field or parameter; empty for none
 * @param place the index of the rejected token, counted from 0, if the request has several; otherwise empty
 * @param permission the permission that the caller's token lacks; empty for none
 */
public record Problem(
        ProblemStatus status, String kind, String sentence, String field, OptionalInt place, String permission) {
    public static final Problem NOT_FOUND = new Problem(ProblemStatus.NOT_FOUND, "no-such-path", "Not found");
    public static final Problem UNAUTHENTICATED = of(new TokenFailure.Unauthenticated());
    public static final Problem MALFORMED_CREDENTIAL = new Problem(
            ProblemStatus.BAD_REQUEST,
            "malformed-credential",
            "Authorization header was malformed, the request was not in the form of 'Authorization: <auth-scheme>"
                    + " <token>', supported auth-schemes are Bearer, Token and Basic");
    public static final Problem WITHOUT_AUTH =
            new Problem(ProblemStatus.METHOD_NOT_ALLOWED, "without-auth", "endpoint disabled, started without auth");
    /** The authority is unavailable; the log has the reason. */
    public static final Problem UNAVAILABLE = new Problem(
            ProblemStatus.SERVICE_UNAVAILABLE, "unavailable", "the token authority cannot answer now, try again");
    /** The clock of the server is beyond what timestamps can hold. */
    public static final Problem WRONG_CLOCK = new Problem(
            ProblemStatus.SERVICE_UNAVAILABLE,
            "unavailable",
            "the server's clock says a year after 9999: correct the clock");
    /** Internal error; the log has the cause. */
    public static final Problem BROKEN = new Problem(ProblemStatus.INTERNAL_SERVER_ERROR, "internal", "internal error");

    private static final String PERMISSION_MISSING = "permission-missing";
    private static final String NOT_CONTAINED = "not-contained";
    private static final String NO_SUCH_DATABASE = "no-such-database";
    private static final String PROBLEM_TYPE = "urn:latchkey:";

    public Problem(ProblemStatus status, String kind, String sentence) {
        this(status, kind, sentence, "");
    }

    private Problem(ProblemStatus status, String kind, String sentence, String field) {
        this(status, kind, sentence, field, OptionalInt.empty(), "");
    }

    /** The problem for one of several tokens. */
    public static Problem of(ChangeRefused refused) {
        Problem problem = of(refused.failure());
        return new Problem(
                problem.status,
                problem.kind,
                problem.sentence,
                problem.field,
                OptionalInt.of(refused.index()),
                problem.permission);
    }

    /** The problem for a failure of the domain; the only place that assigns statuses to failures. */
    public static Problem of(TokenFailure failure) {
        String sentence = failure.sentence();
        return switch (failure) {
            case TokenFailure.Invalid invalid ->
                new Problem(ProblemStatus.BAD_REQUEST, "invalid", sentence, invalid.field());
            case TokenFailure.Unauthenticated _ -> new Problem(ProblemStatus.UNAUTHORIZED, "unauthenticated", sentence);
            case TokenFailure.Forbidden _ -> new Problem(ProblemStatus.FORBIDDEN, "forbidden", sentence);
            case TokenFailure.PermissionMissing missing ->
                new Problem(
                        ProblemStatus.FORBIDDEN,
                        PERMISSION_MISSING,
                        sentence,
                        "",
                        OptionalInt.empty(),
                        missing.permission());
            case TokenFailure.NotContained _ -> new Problem(ProblemStatus.FORBIDDEN, NOT_CONTAINED, sentence);
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

    /** The request is invalid. */
    public static Problem badRequest(String sentence) {
        return new Problem(ProblemStatus.BAD_REQUEST, "bad-request", sentence);
    }

    /** A query parameter is invalid. */
    public static Problem parameter(String name, String sentence) {
        return new Problem(ProblemStatus.BAD_REQUEST, "invalid", sentence, JsonException.quoted(name));
    }

    /** The JSON body is invalid. */
    public static Problem of(JsonException failure) {
        return new Problem(ProblemStatus.BAD_REQUEST, "bad-json", failure.sentence(), failure.field());
    }

    /** Whether another token may do this: the error {@code insufficient_scope} (RFC 6750, section 3.1). */
    public boolean isInsufficientScope() {
        return switch (kind) {
            case PERMISSION_MISSING, NOT_CONTAINED, "forbidden" -> true;
            default -> false;
        };
    }

    /** Whether InfluxDB's endpoints send this error as JSON, and not as plain text. */
    public boolean isInfluxJson() {
        return switch (kind) {
            case "unauthenticated",
                    "forbidden",
                    PERMISSION_MISSING,
                    NOT_CONTAINED,
                    "malformed-credential",
                    "unavailable",
                    "internal",
                    NO_SUCH_DATABASE -> true;
            default -> false;
        };
    }

    /** The body on InfluxDB's endpoints. */
    public byte[] influx() {
        if (kind.equals(NO_SUCH_DATABASE)) {
            return queryError();
        }
        // Contract 1.4.3. None of these sentences has a character that JSON escapes.
        return (isInfluxJson() ? "{\"error\": \"" + influxSentence() + "\"}" : influxText()).getBytes(UTF_8);
    }

    /** InfluxDB says the same to everybody who may not do something. */
    private String influxSentence() {
        return switch (kind) {
            case PERMISSION_MISSING, NOT_CONTAINED -> new TokenFailure.Forbidden().sentence();
            default -> sentence;
        };
    }

    /** Contract 1.10.6: the only JSON error of InfluxDB that quotes the request. */
    private byte[] queryError() {
        return JsonWriter.object(json -> json.with("error", sentence));
    }

    private String influxText() {
        return kind.equals("bad-json") ? "serde json error: " + sentence : sentence;
    }

    /** The body on Latchkey's endpoints: problem details. */
    public byte[] problem() {
        return JsonWriter.object(json -> {
            json.with("type", PROBLEM_TYPE + kind)
                    .with("title", status.title())
                    .with("status", status.code())
                    .with("detail", sentence);
            if (!field.isEmpty()) {
                json.with("field", field);
            }
            if (place.isPresent()) {
                json.with("index", place.getAsInt());
            }
            if (!permission.isEmpty()) {
                json.with("permission", permission);
            }
        });
    }

    /** The kind in a {@code type} written by {@link #problem()}; empty for other types. */
    public static String kindOf(String problemType) {
        return problemType.startsWith(PROBLEM_TYPE) ? problemType.substring(PROBLEM_TYPE.length()) : "";
    }

    /** The body is longer than the limit, in bytes. */
    public static Problem tooLarge(long limit) {
        return new Problem(
                ProblemStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "max request size (" + limit + " bytes) exceeded");
    }
}
