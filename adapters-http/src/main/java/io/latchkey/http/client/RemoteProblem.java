package io.latchkey.http.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.remote.HostAndPort;
import io.latchkey.application.remote.ServerAnswer;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemStatus;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates error responses of a remote authority to failures of the domain, so that a remote command prints the same
 * error as a local one.
 *
 * <p>Latchkey's own API identifies an error by the type of a problem, InfluxDB's endpoints by a status and a text.
 * Other responses, such as the page of a proxy, have no such meaning.
 *
 * @param asked the name of the token in the request
 * @param wanted the new name of a token in the request
 */
record RemoteProblem(RawResponse answer, TokenName asked, TokenName wanted) {
    private static final int LONGEST_SENTENCE = 500;

    /** Words in the response of nginx, Apache, Caddy and Tomcat to a request without TLS on a TLS port. */
    private static final Pattern TLS = Pattern.compile("\\b(HTTPS|SSL|TLS)\\b");

    /** The permission that is missing, in a challenge (RFC 6750, section 3.1). */
    private static final Pattern SCOPE = Pattern.compile("error=\"insufficient_scope\", scope=\"([^\"]*)\"");

    boolean isSuccess() {
        return answer.status() / 100 == 2;
    }

    /** The failure; empty if the response is not one of an authority. */
    Optional<TokenFailure> failure() {
        // The response to HEAD has no body; its status is sufficient.
        return isProblem() && answer.body().length > 0 ? problem() : influx(text());
    }

    /**
     * The failure, with the quoted response as its cause if that has a text; empty if the response is not one of an
     * authority.
     */
    Optional<TokenFailure> quotedFailure() {
        Optional<TokenFailure> failure = failure();
        if (!said().isBlank()) {
            failure.ifPresent(refusal -> refusal.initCause(quoted()));
        }
        return failure;
    }

    /** The response in the server's words: InfluxDB's text, or the detail of a problem; on one line, shortened. */
    ServerAnswer quoted() {
        String line = said().replaceAll("\\p{Cntrl}+", " ").strip();
        return new ServerAnswer(
                answer.status(),
                ProblemStatus.title(answer.status()),
                line.length() > LONGEST_SENTENCE ? line.substring(0, LONGEST_SENTENCE) + "…" : line);
    }

    private String said() {
        try {
            return isProblem() && answer.body().length > 0
                    ? JsonFields.of(Json.parse(answer.body()))
                            .optionalText("detail")
                            .orElse("")
                    : text();
        } catch (JsonException e) {
            return text();
        }
    }

    /** Whether the server has disabled the endpoint because authentication is off. */
    boolean isWithoutAuth() {
        return answer.status() == 405 && text().contains("endpoint disabled, started without auth");
    }

    /** The index of the rejected token, counted from 0; empty if the response has none. */
    OptionalInt place() {
        try {
            return isProblem()
                    ? JsonFields.of(Json.parse(answer.body()))
                            .optionalWhole("index")
                            .filter(index -> index <= Integer.MAX_VALUE)
                            .map(index -> OptionalInt.of(index.intValue()))
                            .orElse(OptionalInt.empty())
                    : OptionalInt.empty();
        } catch (JsonException e) {
            return OptionalInt.empty();
        }
    }

    /** The probable reason of a response that is not one of an authority, and what to do. */
    String guess() {
        return switch (answer.status()) {
            case 404 -> "it has no such endpoint; check the address and the version of the server";
            case 413 -> "the request is too large; serve --max-http-request-size sets the limit";
            case 405 -> "it does not allow this; check whether it was started without authentication";
            case 429 -> "it accepts no more requests at the moment; try again later";
            case 502, 504 -> "this is a proxy, and the server behind it does not respond; check that it is running";
            case 503 -> "it is unavailable; try again, and if that does not help, see its log";
            case 300, 301, 302, 303, 307, 308 -> "it redirects to another address" + elsewhere();
            default ->
                answer.status() == 400 && TLS.matcher(text()).find()
                        ? "it expects TLS; check whether the address begins with https://"
                        : "an unexpected status; see the log of the server and of any proxy in between";
        };
    }

    /** The target of a redirect: only scheme, host and port, since the rest may contain secrets. */
    private String elsewhere() {
        try {
            URI location = new URI(answer.header("Location").orElse(""));
            return location.getScheme() == null
                    ? ""
                    : HostAndPort.of(location)
                            .map(server -> ", " + location.getScheme() + "://" + server)
                            .orElse("");
        } catch (URISyntaxException e) {
            return "";
        }
    }

    private Optional<TokenFailure> problem() {
        try {
            JsonFields problem = JsonFields.of(Json.parse(answer.body()));
            return of(
                    Problem.kindOf(problem.optionalText("type").orElse("")),
                    problem.optionalText("detail").orElse(""),
                    problem.optionalText("field").orElse(""),
                    problem.optionalText("permission").orElse(""));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private Optional<TokenFailure> influx(String text) {
        String kind = switch (answer.status()) {
            case 400 -> isPlain(text) ? "invalid" : "";
            case 401 -> "unauthenticated";
            case 403 -> scope().isEmpty() ? kindOfForbidden(text) : "permission-missing";
            case 404 -> kindOfMissing(text);
            case 405 ->
                text.equals(new TokenFailure.OperatorCannotBeDeleted().sentence()) ? "operator-undeletable" : "";
            case 409 -> kindOfConflict(text);
            // from InfluxDB 3 (contract 1.6)
            case 500 -> text.equals(new TokenFailure.NoOperator().sentence()) ? "no-operator" : "";
            default -> "";
        };
        return of(kind, text, "request", scope());
    }

    /** The permission that the challenge names, because InfluxDB's texts name none; empty if there is none. */
    private String scope() {
        Matcher scope = SCOPE.matcher(answer.header("WWW-Authenticate").orElse(""));
        return scope.find() ? scope.group(1) : "";
    }

    private static String kindOfForbidden(String text) {
        if (text.equals(new TokenFailure.BootstrapRefused().sentence())) {
            return "bootstrap-refused";
        }
        return text.isEmpty() || text.contains(new TokenFailure.Forbidden().sentence()) ? "forbidden" : "";
    }

    private String kindOfMissing(String text) {
        if (text.equals(new TokenFailure.NoOperator().sentence())) {
            return "no-operator";
        }
        return text.equals(new TokenFailure.NotFound(asked.value()).sentence()) ? "no-such-token" : "";
    }

    private String kindOfConflict(String text) {
        if (text.equals(new TokenFailure.SecretTaken().sentence())) {
            return "secret-taken";
        }
        return text.equals(new TokenFailure.NameTaken(wanted).sentence()) ? "name-taken" : "";
    }

    /** The inverse of {@link Problem#of(TokenFailure)}. */
    private Optional<TokenFailure> of(String kind, String sentence, String field, String permission) {
        return Optional.ofNullable(
                switch (kind) {
                    case "invalid" -> new TokenFailure.Invalid(field, sentence);
                    case "unauthenticated", "malformed-credential" -> new TokenFailure.Unauthenticated();
                    case "forbidden" -> new TokenFailure.Forbidden();
                    case "permission-missing" -> new TokenFailure.PermissionMissing(permission);
                    case "not-contained" -> new TokenFailure.NotContained(sentence);
                    case "bootstrap-refused" -> new TokenFailure.BootstrapRefused();
                    case "no-such-token" -> new TokenFailure.NotFound(asked.value());
                    case "no-operator" -> new TokenFailure.NoOperator();
                    case "name-taken" -> new TokenFailure.NameTaken(wanted);
                    case "secret-taken" -> new TokenFailure.SecretTaken();
                    case "operator-undeletable" -> new TokenFailure.OperatorCannotBeDeleted();
                    case "operator-uneditable" -> new TokenFailure.OperatorCannotBeEdited();
                    case "operator-undisablable" -> new TokenFailure.OperatorCannotBeDisabled();
                    case "not-disabled" -> new TokenFailure.NotDisabled(asked);
                    case "rotation-under-way" -> new TokenFailure.RotationUnderWay(sentence);
                    case "no-rotation" -> new TokenFailure.NoRotation(asked);
                    case "already-rotated" -> new TokenFailure.AlreadyRotated(sentence);
                    case "ledger-broken" -> new TokenFailure.LedgerBroken();
                    case "stale" -> new TokenFailure.VersionMismatch(asked);
                    default -> null;
                });
    }

    private boolean isProblem() {
        return contentType().startsWith("application/problem+json");
    }

    /** Whether a text is a sentence: not HTML, not JSON, and on one line. */
    private boolean isPlain(String text) {
        return (contentType().isEmpty() || contentType().startsWith("text/plain"))
                && text.length() <= LONGEST_SENTENCE
                && text.chars().noneMatch(Character::isISOControl)
                && !text.startsWith("{")
                && !text.isBlank();
    }

    private String contentType() {
        return answer.header("Content-Type").orElse("");
    }

    private String text() {
        return new String(answer.body(), UTF_8);
    }
}
