package io.latchkey.http.console;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.FatalErrors;
import io.latchkey.application.table.TerminalText;
import io.latchkey.domain.TokenFailure;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.latchkey.http.wire.ProblemStatus;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page that says why something failed, and what happened to the data: nothing, because a change is made whole or not at
 * all.
 *
 * @param advice what to do next
 */
record ErrorPage(Frame frame, Problem problem, String advice) {
    /** A form that this console did not make for this browser. */
    static final Problem FOREIGN_FORM = new Problem(
            ProblemStatus.FORBIDDEN,
            "foreign-form",
            "this form was not sent by a page of this console, or the page is from an earlier session");

    /** A request for another host. */
    static final Problem ELSEWHERE = new Problem(
            ProblemStatus.FORBIDDEN, "wrong-host", "the console of this server is not at the address that you opened");

    /** A form that was sent after the session ended. */
    static final Problem SESSION_ENDED =
            new Problem(ProblemStatus.FORBIDDEN, "session-ended", "what you sent was not read");

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPage.class);

    /** The response, or the error page if it fails. */
    static HttpResponse<?> instead(Optional<SignedIn> who, Supplier<HttpResponse<?>> response) {
        try {
            return response.get();
        } catch (TokenFailure e) {
            return page(who, Problem.of(e));
        } catch (ProblemException e) {
            return page(who, e.refusal());
        } catch (AuthorityUnavailable e) {
            LOG.error("the store cannot be used", e);
            return page(who, Problem.UNAVAILABLE);
        } catch (RuntimeException e) {
            FatalErrors.check(e);
            LOG.error("a page of the console failed", e);
            return page(who, Problem.BROKEN);
        }
    }

    private static HttpResponse<?> page(Optional<SignedIn> who, Problem problem) {
        String title = title(problem);
        Frame frame =
                who.map(present -> Frame.of(title, Frame.NOWHERE, present)).orElseGet(() -> Frame.signedOut(title));
        ErrorPage shown = new ErrorPage(frame, problem, advice(problem));
        MutableHttpResponse<?> answer = Html.page(
                HttpStatus.valueOf(problem.status().code()), output -> JteerrorGenerated.render(output, null, shown));
        if (problem.status() == ProblemStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer;
    }

    private static String title(Problem problem) {
        if (problem.kind().equals(SESSION_ENDED.kind())) {
            return "Your session has ended";
        }
        return switch (problem.status().code()) {
            case 400, 422 -> "This is not understood";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405, 409 -> "Not possible";
            case 412 -> "Changed in the meantime";
            case 503 -> "Not available";
            default -> ProblemStatus.title(problem.status().code());
        };
    }

    /** Whether the reader has no session. */
    boolean isSignedOut() {
        return frame.name().isEmpty();
    }

    /** Whether no page is there to go on to. */
    boolean isElsewhere() {
        return problem.kind().equals(ELSEWHERE.kind());
    }

    String title() {
        return frame.title();
    }

    /** What is wrong; begins with a capital letter. */
    String sentence() {
        return capitalized(
                switch (problem.kind()) {
                    case "no-such-path" -> "there is no such page";
                    case "operator-undeletable" -> "the operator token cannot be deleted";
                    case "forbidden" -> "the token that you signed in with may not do that";
                    default -> TerminalText.of(problem.sentence());
                });
    }

    /** A sentence of several words, as a page shows it. */
    static String capitalized(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    private static String advice(Problem problem) {
        return switch (problem.kind()) {
            case "stale" ->
                "Somebody changed this token while you looked at it. Go back, load the page again and compare.";
            case "foreign-form" ->
                "Go back and load the page again. Over plain HTTP, browsers say which page sent a form only if this machine"
                        + " is the server: use HTTPS, or a tunnel to a loopback address.";
            case "permission-missing" ->
                "An administrator can give the token that you signed in with this permission, or you can sign in with"
                        + " another.";
            case "unavailable" -> "Try again in a moment. If this goes on, the log of the server says why.";
            case "internal" -> "The log of the server says what happened.";
            case "no-such-path" -> "The address may be mistyped.";
            case "no-such-token" -> "It may have been renamed or deleted.";
            case "unauthenticated" -> "Your session has ended. Sign in again.";
            case "wrong-host" ->
                "Open it at the address that serve --public-url names, or at a loopback address. A proxy must pass the Host"
                        + " header on.";
            case "session-ended" -> "Sign in, and fill in the form again.";
            case "invalid", "bad-request", "name-taken", "not-contained", "too-large" -> "Go back and correct it.";
            default -> "";
        };
    }
}
