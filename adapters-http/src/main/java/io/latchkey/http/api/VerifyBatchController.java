package io.latchkey.http.api;

import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Token;
import io.latchkey.domain.Verdict;
import io.latchkey.http.json.JsonWriter;
import io.latchkey.http.security.Caller;
import io.latchkey.http.security.RequestBody;
import io.latchkey.http.server.TrustedProxies;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.latchkey.http.wire.TokenJson;
import io.latchkey.http.wire.VerifyTokens;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** Verifies several tokens in one request. */
@Controller(Paths.VERIFY_BATCH)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class VerifyBatchController {
    private final TokenAuthority authority;
    private final TrustedProxies proxies;
    private final RequestBody body;
    private final ExecutorService blocking;

    VerifyBatchController(
            TokenAuthority authority,
            TrustedProxies proxies,
            RequestBody body,
            @Named(TaskExecutors.IO) ExecutorService blocking) {
        this.authority = authority;
        this.proxies = proxies;
        this.body = body;
        this.blocking = blocking;
    }

    /** Verifies the tokens on a worker thread, because a thousand hashes would block the event loop. */
    @Post
    CompletionStage<HttpResponse<?>> verify(HttpRequest<?> request) {
        if (Caller.of(request) instanceof Caller.Authenticated caller) {
            authority.check(caller.holder(), RequiredPermission.VERIFICATION);
        }
        return body.json(request)
                .thenApplyAsync(
                        sent -> HttpResponse.ok(answer(VerifyTokens.read(sent), proxies.address(request)))
                                .contentType(MediaType.APPLICATION_JSON_TYPE),
                        blocking);
    }

    private byte[] answer(VerifyTokens asked, InetAddress asker) {
        List<Verdict> verdicts = asked.tokens().stream()
                .map(secret -> authority.authenticateForAnother(secret, asked.address(), asker))
                .toList();
        return JsonWriter.object(json -> json.withObjects(
                "verdicts", verdicts, (object, verdict) -> write(object, verdict, asked.permissions())));
    }

    private static void write(JsonWriter json, Verdict verdict, List<RequiredPermission> required) {
        switch (verdict) {
            case Verdict.Accepted accepted -> {
                Token token = accepted.token();
                boolean allowed = required.stream().allMatch(token.rights()::allow);
                json.with("active", allowed);
                if (allowed) {
                    TokenJson.writeVerdict(json, token);
                } else {
                    json.with("reason", "insufficient_scope");
                }
            }
            case Verdict.Refused _ -> json.with("active", false);
            case Verdict.Unavailable _ -> throw new ProblemException(Problem.UNAVAILABLE);
        }
    }
}
