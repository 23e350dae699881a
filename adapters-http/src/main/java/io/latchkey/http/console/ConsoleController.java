package io.latchkey.http.console;

import io.latchkey.http.security.RequestBody;
import io.latchkey.http.wire.Paths;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
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
import java.util.concurrent.CompletionStage;

/** Passes all requests for the console on. Nothing of it is loaded until the first of them, so a server starts as fast. */
@Controller(Paths.CONSOLE)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@Requires(property = "latchkey.console.enabled", notEquals = "false", defaultValue = "true")
final class ConsoleController {
    private final BeanProvider<Console> console;
    private final RequestBody body;

    ConsoleController(BeanProvider<Console> console, RequestBody body) {
        this.console = console;
        this.body = body;
    }

    @Get(headRoute = false)
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> root(HttpRequest<?> request) {
        return console.get().show(request);
    }

    // With +, Micronaut accepts any path; RequestPath extracts it.
    @Get(value = "/{+path}", headRoute = false)
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> show(HttpRequest<?> request) {
        return console.get().show(request);
    }

    @Post("/{+path}")
    CompletionStage<HttpResponse<?>> act(HttpRequest<?> request) {
        Console all = console.get();
        all.identify(request); // whose limits the body has
        return body.raw(request).thenCompose(sent -> all.act(request, sent));
    }
}
