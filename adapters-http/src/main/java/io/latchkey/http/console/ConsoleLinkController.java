package io.latchkey.http.console;

import io.latchkey.domain.TokenFailure;
import io.latchkey.http.security.Caller;
import io.latchkey.http.server.ConsoleListener;
import io.latchkey.http.wire.ConsoleLinkJson;
import io.latchkey.http.wire.Paths;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Makes links that sign in to the console, for {@code latchkey console}. */
@Controller(Paths.CONSOLE_LINK)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@Requires(property = "latchkey.console.enabled", notEquals = "false", defaultValue = "true")
final class ConsoleLinkController {
    private final BeanProvider<SignInLinks> links;
    private final ConsoleListener listener;
    private final InstantSource clock;

    ConsoleLinkController(BeanProvider<SignInLinks> links, ConsoleListener listener, InstantSource clock) {
        this.links = links;
        this.listener = listener;
        this.clock = clock;
    }

    @Post
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> create(HttpRequest<?> request) {
        if (!(Caller.of(request) instanceof Caller.Authenticated caller)) {
            throw new TokenFailure.Unauthenticated();
        }
        String path = Paths.CONSOLE + "/" + SignIn.PATH + "?" + SignIn.LINK + "="
                + links.get().issue(caller.holder());
        String scheme = request.isSecure() ? "https://" : "http://";
        String url = listener.authority().map(own -> scheme + own + path).orElse(path);
        return HttpResponse.created(ConsoleLinkJson.write(
                        url, clock.instant().plus(SignInLinks.LIFETIME).truncatedTo(ChronoUnit.MILLIS)))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
