package io.latchkey.http.influxdb;

import io.latchkey.application.IssuedToken;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.http.security.AuthenticationFilter;
import io.latchkey.http.security.BootstrapPolicy;
import io.latchkey.http.security.Caller;
import io.latchkey.http.security.RequestBody;
import io.latchkey.http.security.RequestedWait;
import io.latchkey.http.server.BoundedExecutor;
import io.latchkey.http.server.RequestPath;
import io.latchkey.http.wire.CreateToken;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.latchkey.http.wire.TokenJson;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/**
 * InfluxDB 3's token endpoints (contract 1.5 to 1.8).
 *
 * <p>Accepts any content type, because InfluxDB's clients send one without a body, too; {@link RequestBody} checks it.
 */
@Controller(Paths.INFLUX_TOKEN)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class InfluxTokenController {
    static final int MAX_ANONYMOUS_WAITING = 200;

    private final TokenAuthority authority;
    private final BootstrapPolicy bootstrap;
    private final RequestBody body;
    private final ExecutorService blocking;
    /** Threads and queue of requests without a live token, so that they do not delay others. */
    private final BoundedExecutor anonymous = new BoundedExecutor("latchkey-anonymous-", 4, MAX_ANONYMOUS_WAITING);

    InfluxTokenController(
            TokenAuthority authority,
            BootstrapPolicy bootstrap,
            RequestBody body,
            @Named(TaskExecutors.IO) ExecutorService blocking) {
        this.authority = authority;
        this.bootstrap = bootstrap;
        this.body = body;
        this.blocking = blocking;
    }

    /** Creates the operator token, or a named token if the body asks for one (contract A.1, rows 2 to 4). */
    @Post("/admin")
    CompletionStage<HttpResponse<?>> createOperator(HttpRequest<?> request) {
        return body.jsonOfAnyType(request)
                .thenApplyAsync(
                        sent -> CreateToken.looksNamed(sent)
                                ? createNamed(administration(request), CreateToken.readEither(sent))
                                : created(RequestedWait.apply(authority.actingAs(actor(request)), request)
                                        .tokens()
                                        .createOperator()),
                        Caller.of(request) instanceof Caller.Authenticated ? blocking : anonymous);
    }

    @Post("/admin/regenerate")
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> regenerateOperator(TokenAdministration administration) {
        return created(administration.regenerateOperator());
    }

    @Post("/named_admin")
    CompletionStage<HttpResponse<?>> createNamed(HttpRequest<?> request, TokenAdministration administration) {
        return body.json(request)
                .thenApplyAsync(sent -> createNamed(administration, CreateToken.readInflux(sent)), blocking);
    }

    @Delete
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> revoke(HttpRequest<?> request, TokenAdministration administration) {
        List<String> names = PercentEncoding.values(RequestPath.queryOf(request), "token_name");
        if (names.size() != 1) {
            throw new ProblemException(Problem.badRequest(
                    "serde error: " + (names.isEmpty() ? "missing" : "duplicate") + " field `token_name`"));
        }
        administration.revoke(existingName(names.getFirst()), Precondition.NONE);
        return HttpResponse.ok();
    }

    /** Parses a name; an invalid name belongs to no token, so it is not found. */
    private static TokenName existingName(String name) {
        try {
            return new TokenName(name);
        } catch (TokenFailure.Invalid e) {
            throw new TokenFailure.NotFound(name);
        }
    }

    /** The actor that creates the operator token; a bad credential counts as none. */
    private Actor actor(HttpRequest<?> request) {
        return switch (Caller.of(request)) {
            case Caller.Authenticated caller -> caller.holder();
            case Caller.Rejected.UNAVAILABLE -> throw new ProblemException(Problem.UNAVAILABLE);
            case null, default -> bootstrap.actor(request);
        };
    }

    private TokenAdministration administration(HttpRequest<?> request) {
        return switch (Caller.of(request)) {
            case Caller.Authenticated caller ->
                RequestedWait.apply(authority.actingAs(caller.holder()), request)
                        .tokens();
            case Caller.Rejected rejected -> throw new ProblemException(AuthenticationFilter.refusal(rejected));
            case null -> throw new TokenFailure.Unauthenticated();
        };
    }

    @PreDestroy
    void close() {
        anonymous.close();
    }

    private static HttpResponse<?> createNamed(TokenAdministration administration, CreateToken asked) {
        return created(administration.create(asked.token()));
    }

    private static HttpResponse<?> created(IssuedToken token) {
        return HttpResponse.created(TokenJson.issued(token)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
