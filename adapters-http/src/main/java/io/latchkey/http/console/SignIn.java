package io.latchkey.http.console;

import io.latchkey.application.TokenAuthority;
import io.latchkey.application.table.TerminalText;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import io.latchkey.http.server.RequestPath;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Signs in with a secret, which is exchanged for a session and not kept, or with a link; and out. */
final class SignIn {
    static final String PATH = "sign-in";
    static final String OUT = "sign-out";

    /** The name of the field with the code of a link. */
    static final String LINK = "link";

    private static final String WRONG = "This is not the secret of a token that is valid now, from this address.";
    private static final String USED = "This link was used already, or is older than a minute: make a new one.";
    private static final String TOO_MANY = "Too many wrong secrets from this address: wait a few seconds.";

    private final TokenAuthority authority;
    private final Sessions sessions;
    private final ConsoleCookies cookies;
    private final SignInForm form;
    private final SignInThrottle throttle;
    private final SignInLinks links;

    SignIn(
            TokenAuthority authority,
            Sessions sessions,
            ConsoleCookies cookies,
            SignInForm form,
            SignInThrottle throttle,
            SignInLinks links) {
        this.authority = authority;
        this.sessions = sessions;
        this.cookies = cookies;
        this.form = form;
        this.throttle = throttle;
        this.links = links;
    }

    /** The page that asks for a secret; behind a link, only whether to go on, so that loading it does not use the link. */
    HttpResponse<?> show(HttpRequest<?> request) {
        String code = FormFields.parse(RequestPath.queryOf(request)).text(LINK);
        if (code.isEmpty()) {
            return page(request, HttpStatus.OK, "");
        }
        return links.look(code)
                .<HttpResponse<?>>map(link -> page(
                        request,
                        HttpStatus.OK,
                        "",
                        code,
                        TerminalText.of(link.holder().name().value())))
                .orElseGet(() -> page(request, HttpStatus.OK, USED));
    }

    private HttpResponse<?> page(HttpRequest<?> request, HttpStatus status, String error) {
        return page(request, status, error, "", "");
    }

    private HttpResponse<?> page(HttpRequest<?> request, HttpStatus status, String error, String code, String name) {
        Optional<String> known = cookies.read(request, ConsoleCookies.Name.SIGN_IN);
        String cookie = known.orElseGet(sessions::random);
        MutableHttpResponse<?> answer = Html.page(
                status,
                output -> JtesigninGenerated.render(
                        output,
                        null,
                        Frame.signedOut("Sign in"),
                        form.token(cookie),
                        error,
                        code,
                        name,
                        authority.isEmpty()));
        if (known.isEmpty()) {
            cookies.set(request, answer, ConsoleCookies.Name.SIGN_IN, cookie);
        }
        return answer;
    }

    /** Checks a secret. The answer to a wrong one is delayed. */
    CompletionStage<HttpResponse<?>> act(HttpRequest<?> request, InetAddress from, Supplier<FormFields> sent) {
        if (!throttle.admits(from)) {
            return CompletableFuture.completedFuture(page(request, HttpStatus.TOO_MANY_REQUESTS, TOO_MANY));
        }
        CompletableFuture<HttpResponse<?>> answer = new CompletableFuture<>();
        HttpResponse<?> now = ErrorPage.instead(Optional.empty(), () -> attempt(request, from, sent.get()));
        if (now.code() != HttpStatus.UNAUTHORIZED.getCode()) {
            answer.complete(now);
            return answer;
        }
        Duration delay = throttle.fail(from);
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    throttle.answered(from);
                    answer.complete(now);
                });
        return answer;
    }

    private HttpResponse<?> attempt(HttpRequest<?> request, InetAddress from, FormFields fields) {
        String cookie = cookies.read(request, ConsoleCookies.Name.SIGN_IN).orElse("");
        if (!SameOrigin.sent(request) || cookie.isEmpty() || !form.issued(fields.text("form_token"), cookie)) {
            throw new ProblemException(ErrorPage.FOREIGN_FORM);
        }
        if (fields.has(LINK)) {
            return links.take(fields.text(LINK))
                    .<HttpResponse<?>>map(link -> judged(
                            request, authority.reauthenticate(link.holder().digest(), from), USED))
                    .orElseGet(() -> page(request, HttpStatus.UNAUTHORIZED, USED));
        }
        TokenSecret secret = TokenSecret.presented(fields.text("secret"));
        return judged(request, authority.authenticate(secret, from), WRONG);
    }

    private HttpResponse<?> judged(HttpRequest<?> request, Verdict verdict, String otherwise) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> in(request, accepted);
            case Verdict.Refused _ -> page(request, HttpStatus.UNAUTHORIZED, otherwise);
            case Verdict.Unavailable _ -> throw new ProblemException(Problem.UNAVAILABLE);
        };
    }

    /** Begins a new session; never one whose id the browser brought along. */
    private HttpResponse<?> in(HttpRequest<?> request, Verdict.Accepted accepted) {
        cookies.read(request, ConsoleCookies.Name.SESSION).ifPresent(sessions::end);
        MutableHttpResponse<?> answer = Html.redirect("");
        cookies.set(request, answer, ConsoleCookies.Name.SESSION, sessions.begin(accepted));
        cookies.remove(request, answer, ConsoleCookies.Name.SIGN_IN);
        return answer;
    }

    /** Ends the session. */
    HttpResponse<?> out(HttpRequest<?> request, SignedIn who) {
        sessions.end(who.id());
        MutableHttpResponse<?> answer = Html.redirect(PATH);
        cookies.remove(request, answer, ConsoleCookies.Name.SESSION);
        return answer;
    }
}
