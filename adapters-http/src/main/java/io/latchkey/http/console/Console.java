package io.latchkey.http.console;

import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Token;
import io.latchkey.http.security.Caller;
import io.latchkey.http.server.ConsoleListener;
import io.latchkey.http.server.RequestPath;
import io.latchkey.http.server.StreamedBodies;
import io.latchkey.http.server.TrustedProxies;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * All pages of the console, by the first segment of their paths. Everybody may load the assets and sign in; every other page
 * requires a session, and every form the token of that session and a request of this origin.
 */
final class Console {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Sessions sessions;
    private final ConsoleCookies cookies;
    private final SameOrigin origin;
    private final SignIn signIn;
    private final TrustedProxies proxies;
    private final InstantSource clock;
    private final ExecutorService blocking;
    private final Map<String, Page> pages;

    /** @param version of the server; empty if unknown */
    Console(
            TokenAuthority authority,
            Sessions sessions,
            ConsoleCookies cookies,
            SameOrigin origin,
            SignIn signIn,
            TrustedProxies proxies,
            InstantSource clock,
            ExecutorService blocking,
            StreamedBodies bodies,
            SecureRandom random,
            ConsoleListener listener,
            String version) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.origin = origin;
        this.signIn = signIn;
        this.proxies = proxies;
        this.clock = clock;
        this.blocking = blocking;
        this.pages = Map.ofEntries(
                Map.entry("", new OverviewPage(authority, version)),
                Map.entry(TokensPage.PLACE, new TokensPage(authority)),
                Map.entry(TokenPage.PLACE, new TokenPage(sessions)),
                Map.entry(OwnTokenPage.PLACE, new OwnTokenPage(authority)),
                Map.entry(NewTokenPage.PLACE, new NewTokenPage(sessions)),
                Map.entry(LedgerView.PLACE, new LedgerView(authority, bodies)),
                Map.entry(GuardPage.PLACE, new GuardPage(listener)),
                Map.entry(CheckPage.PLACE, new CheckPage(authority, random)));
    }

    /** The response to a GET. */
    HttpResponse<?> show(HttpRequest<?> request) {
        List<String> path = path(request);
        if (path.getFirst().equals("assets")) {
            return ErrorPage.instead(Optional.empty(), () -> asset(path));
        }
        return ErrorPage.instead(Optional.empty(), () -> switch (origin.addressed(request)) {
            case HERE -> path.getFirst().equals(SignIn.PATH) ? signIn.show(request) : answered(request, path);
            case PLAINLY -> signIn.show(request);
            case ELSEWHERE -> throw new ProblemException(ErrorPage.ELSEWHERE);
        });
    }

    private HttpResponse<?> answered(HttpRequest<?> request, List<String> path) {
        Optional<SignedIn> who = Fresh.isAsked(request) ? looking(request) : signedIn(request);
        if (who.isEmpty()) {
            return Html.redirect(SignIn.PATH);
        }
        return ErrorPage.instead(who, () -> shown(visit(request, path, FormFields.NONE, who.orElseThrow())));
    }

    private HttpResponse<?> shown(Visit visit) {
        Page page = page(visit.path());
        Optional<String> clean = SearchedSecret.without(visit.path(), visit.query());
        return clean.isPresent() ? Html.redirect(clean.get()) : page.show(visit);
    }

    /** Notes whose session a request belongs to, before its body is read. */
    void identify(HttpRequest<?> request) {
        var _ = signedIn(request);
    }

    /** The response to a POST. */
    CompletionStage<HttpResponse<?>> act(HttpRequest<?> request, Supplier<byte[]> body) {
        List<String> path = path(request);
        if (origin.addressed(request) == SameOrigin.Addressed.ELSEWHERE) {
            return CompletableFuture.completedFuture(ErrorPage.instead(Optional.empty(), () -> {
                throw new ProblemException(ErrorPage.ELSEWHERE);
            }));
        }
        if (path.equals(List.of(SignIn.PATH))) {
            return inBackground(() -> signIn.act(request, proxies.address(request), () -> form(request, body)))
                    .thenCompose(answer -> answer);
        }
        return inBackground(() -> ErrorPage.instead(Optional.empty(), () -> changed(request, path, body)));
    }

    private HttpResponse<?> changed(HttpRequest<?> request, List<String> path, Supplier<byte[]> body) {
        if (!origin.sent(request)) {
            throw new ProblemException(ErrorPage.FOREIGN_FORM);
        }
        Optional<SignedIn> who = signedIn(request);
        if (who.isEmpty()) {
            if (path.equals(List.of(SignIn.OUT))) {
                return Html.redirect(SignIn.PATH);
            }
            throw new ProblemException(ErrorPage.SESSION_ENDED);
        }
        SignedIn signedIn = who.get();
        return ErrorPage.instead(who, () -> {
            FormFields form = form(request, body);
            if (!signedIn.session().issued(form.text("form_token"))) {
                throw new ProblemException(ErrorPage.FOREIGN_FORM);
            }
            return path.equals(List.of(SignIn.OUT))
                    ? signIn.out(request, signedIn)
                    : page(path).act(visit(request, path, form, signedIn));
        });
    }

    private <T> CompletionStage<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, blocking);
    }

    private static FormFields form(HttpRequest<?> request, Supplier<byte[]> body) {
        String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.split(";", -1)[0].strip().equalsIgnoreCase(FORM)) {
            throw new ProblemException(Problem.badRequest("expected a form of type " + FORM));
        }
        return FormFields.parse(body.get());
    }

    private Optional<SignedIn> looking(HttpRequest<?> request) {
        InetAddress from = proxies.address(request);
        return cookies.read(request, ConsoleCookies.Name.SESSION).flatMap(id -> sessions.look(id, from));
    }

    private Optional<SignedIn> signedIn(HttpRequest<?> request) {
        InetAddress from = proxies.address(request);
        Optional<SignedIn> who =
                cookies.read(request, ConsoleCookies.Name.SESSION).flatMap(id -> sessions.find(id, from));
        who.ifPresent(present -> note(request, present));
        return who;
    }

    private static void note(HttpRequest<?> request, SignedIn who) {
        switch (who.session().principal()) {
            case Session.Secret _ -> {
                Token token = who.token().orElseThrow();
                Caller.signedIn(request, token, token.secrets().generation());
            }
            case Session.Owner _ -> Caller.ownerSignedIn(request);
        }
    }

    private Visit visit(HttpRequest<?> request, List<String> path, FormFields form, SignedIn who) {
        FormFields query = FormFields.parse(RequestPath.queryOf(request));
        Optional<Done> done =
                isRead(request) ? sessions.announced(who, String.join("/", path)) : Optional.<Done>empty();
        return new Visit(
                request,
                path,
                query,
                form,
                done.map(Done::sentence).orElse(""),
                proxies.address(request),
                who,
                clock.instant());
    }

    /** Whether a person reads the answer. */
    private static boolean isRead(HttpRequest<?> request) {
        return request.getMethod() == HttpMethod.GET && !Fresh.isAsked(request);
    }

    private Page page(List<String> path) {
        return Optional.ofNullable(pages.get(path.getFirst()))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }

    private static HttpResponse<?> asset(List<String> path) {
        return Asset.of(path.getLast())
                .filter(_ -> path.size() == 2)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND))
                .response();
    }

    /** The segments behind {@code /console/}, not decoded; one empty segment for the root. */
    private static List<String> path(HttpRequest<?> request) {
        String path = RequestPath.of(request);
        return List.of(path.substring(Math.min(path.length(), Paths.CONSOLE.length() + 1))
                .split("/", -1));
    }
}
