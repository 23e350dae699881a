package io.latchkey.http.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.Actor;
import io.latchkey.http.security.Caller;
import io.latchkey.http.server.StreamedBodies;
import io.latchkey.http.wire.Paths;
import io.micronaut.context.BeanProvider;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;

/** Metrics of the server for Prometheus (contract 1.12). */
@Controller(Paths.METRICS)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class MetricsController {
    private final BeanProvider<Metrics> metrics;
    private final StreamedBodies answers;

    MetricsController(BeanProvider<Metrics> metrics, StreamedBodies answers) {
        this.metrics = metrics;
        this.answers = answers;
    }

    @Get(headRoute = false)
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> metrics(HttpRequest<?> request) {
        Optional<Actor.Holder> reader = Caller.of(request) instanceof Caller.Authenticated caller
                ? Optional.of(caller.holder())
                : Optional.empty();
        return HttpResponse.ok(
                        answers.body(request, metrics.get().scrape(reader).getBytes(UTF_8)))
                .contentType("text/plain; version=0.0.4; charset=utf-8");
    }
}
