package io.latchkey.http.api;

import io.latchkey.application.TokenTransfer;
import io.latchkey.http.security.RequestBody;
import io.latchkey.http.wire.ApplyTokens;
import io.latchkey.http.wire.ImportTokens;
import io.latchkey.http.wire.Paths;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** Changes of many tokens, all or none: apply declared tokens, import tokens of another instance. */
@Controller
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class TransferController {
    private final RequestBody body;
    private final InstantSource clock;
    private final ExecutorService blocking;

    TransferController(RequestBody body, InstantSource clock, @Named(TaskExecutors.IO) ExecutorService blocking) {
        this.body = body;
        this.clock = clock;
        this.blocking = blocking;
    }

    @Post(Paths.APPLY)
    CompletionStage<HttpResponse<?>> apply(HttpRequest<?> request, TokenTransfer transfer) {
        return body.json(request)
                .thenApplyAsync(
                        sent -> {
                            ApplyTokens asked = ApplyTokens.read(sent);
                            return json(ApplyTokens.plan(transfer.apply(asked.wanted(), asked.others(), asked.run())));
                        },
                        blocking);
    }

    @Post(Paths.IMPORT)
    CompletionStage<HttpResponse<?>> adopt(HttpRequest<?> request, TokenTransfer transfer) {
        return body.json(request)
                .thenApplyAsync(
                        sent -> {
                            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                            ImportTokens asked = ImportTokens.read(sent, now);
                            return json(ImportTokens.result(transfer.importTokens(asked.tokens(), asked.run()), now));
                        },
                        blocking);
    }

    private static HttpResponse<?> json(byte[] body) {
        return HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
