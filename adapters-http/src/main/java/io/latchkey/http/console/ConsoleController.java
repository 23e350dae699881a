package io.latchkey.http.console;

import io.latchkey.application.OwnerCodes;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.TokenFailure;
import io.latchkey.http.security.Caller;
import io.latchkey.http.security.RequestBody;
import io.latchkey.http.server.Connections;
import io.latchkey.http.server.ConsoleListener;
import io.latchkey.http.server.StreamedBodies;
import io.latchkey.http.server.TrustedProxies;
import io.latchkey.http.wire.ConsoleLinkJson;
import io.latchkey.http.wire.Paths;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.inject.Named;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/**
 * Passes all requests for the console on, and makes links that sign in. The only bean of the console: Micronaut loads the
 * classes of all beans when a server starts, and the others are loaded by the first request.
 */
@Controller
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@Requires(property = "latchkey.console.enabled", notEquals = "false", defaultValue = "true")
final class ConsoleController {
    private final Console console;
    private final SignInLinks links;
    private final ConsoleListener listener;
    private final RequestBody body;
    private final InstantSource clock;
    private final ExecutorService blocking;

    ConsoleController(
            TokenAuthority authority,
            TrustedProxies proxies,
            ConsoleListener listener,
            RequestBody body,
            InstantSource clock,
            SecureRandom random,
            @Named(TaskExecutors.IO) ExecutorService blocking,
            BeanProvider<OwnerCodes> owners,
            StreamedBodies bodies,
            @Value("${latchkey.server.public-url:}") String publicUrl,
            @Value("${latchkey.version:}") String version) {
        this.listener = listener;
        this.body = body;
        this.clock = clock;
        this.blocking = blocking;
        links = new SignInLinks(random);
        Sessions sessions = new Sessions(authority, random);
        ConsoleCookies cookies = new ConsoleCookies(publicUrl);
        SameOrigin origin = new SameOrigin(publicUrl, listener);
        SignIn signIn = new SignIn(
                authority,
                sessions,
                cookies,
                origin,
                new SignInForm(random),
                new SignInThrottle(),
                links,
                clock,
                owners::get);
        console = new Console(
                authority, sessions, cookies, origin, signIn, proxies, clock, blocking, bodies, random, listener,
                version);
    }

    @Get(Paths.CONSOLE)
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> root(HttpRequest<?> request) {
        return console.show(request);
    }

    // With +, Micronaut accepts any path; RequestPath extracts it.
    @Get(Paths.CONSOLE + "/{+path}")
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> show(HttpRequest<?> request) {
        return console.show(request);
    }

    @Post(Paths.CONSOLE + "/{+path}")
    CompletionStage<HttpResponse<?>> act(HttpRequest<?> request) {
        console.identify(request); // whose limits the body has
        return body.raw(request).thenCompose(sent -> console.act(request, sent));
    }

    /** A link for {@code latchkey console}. */
    @Post(Paths.CONSOLE_LINK)
    CompletionStage<HttpResponse<?>> link(HttpRequest<?> request) {
        if (!(Caller.of(request) instanceof Caller.Authenticated caller)) {
            throw new TokenFailure.Unauthenticated();
        }
        return body.nothing(request, () -> link(request, caller), blocking);
    }

    private HttpResponse<?> link(HttpRequest<?> request, Caller.Authenticated caller) {
        String path = Paths.CONSOLE + "/" + SignIn.PATH + "?" + SignIn.LINK + "="
                + links.issue(caller.holder(), caller.token().version());
        String scheme = Connections.isSecure(request) ? "https://" : "http://";
        String url = listener.authority().map(own -> scheme + own + path).orElse(path);
        return HttpResponse.created(ConsoleLinkJson.write(
                        url, clock.instant().plus(SignInLinks.LIFETIME).truncatedTo(ChronoUnit.MILLIS)))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
