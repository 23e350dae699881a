package io.latchkey.http.console;

import io.latchkey.application.OwnerCodes;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.table.TerminalText;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import io.latchkey.http.server.RequestPath;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Signs in with a secret, which is exchanged for a session and not kept, or with a link; and out. */
final class SignIn {
    static final String PATH = "sign-in";
    static final String OUT = "sign-out";

    /** The name of the field with the code of a link of a token. */
    static final String LINK = "link";

    /** The name of the field with the code of a link of the owner of the store. */
    static final String OWNER = Paths.OWNER_CODE;

    private static final String WRONG = "This is not the secret of a token that is valid now, from this address.";
    private static final String USED =
            "This link was used already, is older than a minute, belongs to another server, or its token was changed"
                    + " since: make a new one.";
    private static final String TOO_MANY =
            "This is wrong, as are many others that wait for their answers: wait a few seconds, then try the right one.";

    private final TokenAuthority authority;
    private final Sessions sessions;
    private final ConsoleCookies cookies;
    private final SameOrigin origin;
    private final SignInForm form;
    private final SignInThrottle throttle;
    private final SignInLinks links;
    private final InstantSource clock;
    private final Supplier<OwnerCodes> owners;

    SignIn(
            TokenAuthority authority,
            Sessions sessions,
            ConsoleCookies cookies,
            SameOrigin origin,
            SignInForm form,
            SignInThrottle throttle,
            SignInLinks links,
            InstantSource clock,
            Supplier<OwnerCodes> owners) {
        this.authority = authority;
        this.sessions = sessions;
        this.cookies = cookies;
        this.origin = origin;
        this.form = form;
        this.throttle = throttle;
        this.links = links;
        this.clock = clock;
        this.owners = owners;
    }

    /** The page that asks for a secret; behind a link, only whether to go on, so that loading it does not use the link. */
    HttpResponse<?> show(HttpRequest<?> request) {
        FormFields query = FormFields.parse(RequestPath.queryOf(request));
        if (query.has(OWNER)) {
            return page(request, HttpStatus.OK, "", Optional.of(Link.ofOwner(query.text(OWNER))));
        }
        if (!query.has(LINK)) {
            return page(request, HttpStatus.OK, "");
        }
        String code = query.text(LINK);
        return links.look(code)
                .<HttpResponse<?>>map(link -> page(
                        request,
                        HttpStatus.OK,
                        "",
                        Optional.of(Link.of(code, link.holder().name()))))
                .orElseGet(() -> page(request, HttpStatus.OK, USED));
    }

    /**
     * A link as the page asks about it. Whether that of an owner is valid is not known before it is used, because to look
     * would tell strangers which codes are right.
     *
     * @param field the name of the field with its code
     */
    record Link(String field, String code, String name) {
        static Link of(String code, TokenName name) {
            return new Link(LINK, code, TerminalText.of(name.value()));
        }

        static Link ofOwner(String code) {
            return new Link(OWNER, code, "");
        }

        boolean isOwners() {
            return field.equals(OWNER);
        }
    }

    private MutableHttpResponse<?> page(HttpRequest<?> request, HttpStatus status, String error) {
        return page(request, status, error, Optional.empty());
    }

    private MutableHttpResponse<?> page(HttpRequest<?> request, HttpStatus status, String error, Optional<Link> link) {
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
                        link,
                        authority.isEmpty(),
                        origin.addressed(request) == SameOrigin.Addressed.PLAINLY,
                        hadSession(request)));
        if (known.isEmpty()) {
            cookies.set(request, answer, ConsoleCookies.Name.SIGN_IN, cookie);
        }
        return answer;
    }

    /** Whether the browser shows a session that has ended. */
    private boolean hadSession(HttpRequest<?> request) {
        return cookies.read(request, ConsoleCookies.Name.SESSION)
                .filter(id -> !sessions.has(id))
                .isPresent();
    }

    /** Checks a secret. The answer to a wrong one is delayed, or refuses more of them; a right one never waits. */
    CompletionStage<HttpResponse<?>> act(HttpRequest<?> request, InetAddress from, Supplier<FormFields> sent) {
        HttpResponse<?> now = ErrorPage.instead(Optional.empty(), () -> attempt(request, from, sent.get()));
        if (now.code() != HttpStatus.UNAUTHORIZED.getCode()) {
            return CompletableFuture.completedFuture(now);
        }
        Optional<Duration> delay = throttle.fail(from);
        if (delay.isEmpty()) {
            return CompletableFuture.completedFuture(page(request, HttpStatus.TOO_MANY_REQUESTS, TOO_MANY)
                    .header(HttpHeaders.RETRY_AFTER, Long.toString(SignInThrottle.LONGEST.toSeconds())));
        }
        CompletableFuture<HttpResponse<?>> answer = new CompletableFuture<>();
        CompletableFuture.delayedExecutor(delay.get().toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    throttle.answered(from);
                    answer.complete(now);
                });
        return answer;
    }

    private HttpResponse<?> attempt(HttpRequest<?> request, InetAddress from, FormFields fields) {
        String cookie = cookies.read(request, ConsoleCookies.Name.SIGN_IN).orElse("");
        if (!origin.sent(request) || cookie.isEmpty() || !form.issued(fields.text("form_token"), cookie)) {
            throw new ProblemException(ErrorPage.FOREIGN_FORM);
        }
        if (fields.has(OWNER)) {
            return owners.get()
                    .take(fields.text(OWNER), clock.instant())
                    .<HttpResponse<?>>map(owner -> in(request, sessions.begin(owner)))
                    .orElseGet(() -> page(request, HttpStatus.UNAUTHORIZED, USED));
        }
        if (fields.has(LINK)) {
            return links.take(fields.text(LINK))
                    .<HttpResponse<?>>map(link -> judged(request, verdict(link, from), USED))
                    .orElseGet(() -> page(request, HttpStatus.UNAUTHORIZED, USED));
        }
        TokenSecret secret = TokenSecret.presented(fields.text("secret"));
        return judged(request, authority.authenticate(secret, from), WRONG);
    }

    private Verdict verdict(SignInLinks.Link link, InetAddress from) {
        return switch (authority.reauthenticate(link.holder().digest(), from)) {
            case Verdict.Accepted accepted when !link.isOf(accepted.token()) -> Verdict.Refused.RETIRED;
            case Verdict.Accepted accepted -> accepted;
            case Verdict.Refused refused -> refused;
            case Verdict.Unavailable unavailable -> unavailable;
        };
    }

    private HttpResponse<?> judged(HttpRequest<?> request, Verdict verdict, String otherwise) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> in(request, sessions.begin(accepted));
            case Verdict.Refused _ -> page(request, HttpStatus.UNAUTHORIZED, otherwise);
            case Verdict.Unavailable _ -> throw new ProblemException(Problem.UNAVAILABLE);
        };
    }

    /** Hands a new session over; never one whose id the browser brought along. */
    private HttpResponse<?> in(HttpRequest<?> request, String id) {
        cookies.read(request, ConsoleCookies.Name.SESSION).ifPresent(sessions::end);
        MutableHttpResponse<?> answer = Html.redirect("");
        cookies.set(request, answer, ConsoleCookies.Name.SESSION, id);
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
