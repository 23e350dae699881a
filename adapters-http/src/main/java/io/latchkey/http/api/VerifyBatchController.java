package io.latchkey.http.api;

import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import io.latchkey.http.security.Caller;
import io.latchkey.http.security.RequestBody;
import io.latchkey.http.server.TrustedProxies;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.latchkey.http.wire.TokenJson;
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
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** Verifies several tokens in one request. */
@Controller(Paths.VERIFY_BATCH)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class VerifyBatchController {
    /** Maximum number of tokens in a request. */
    static final int MOST = 1000;

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
                        sent -> HttpResponse.ok(verdicts(read(sent).stream()
                                        .map(secret -> verdict(secret, proxies.address(request)))
                                        .toList()))
                                .contentType(MediaType.APPLICATION_JSON_TYPE),
                        blocking);
    }

    /** The secrets in a body. */
    static List<TokenSecret> read(byte[] sent) {
        List<Json> tokens = JsonFields.of(Json.parse(sent), List.of("tokens"))
                .value("tokens")
                .filter(Json.Array.class::isInstance)
                .map(Json.Array.class::cast)
                .orElseThrow(() -> new JsonException("tokens", "field `tokens`: expected an array of strings"))
                .inOrder();
        if (tokens.size() > MOST) {
            throw new JsonException("tokens", "field `tokens`: expected at most " + MOST + " strings");
        }
        return tokens.stream()
                .map(token -> {
                    if (token instanceof Json.Text(var text)) {
                        return TokenSecret.presented(text);
                    }
                    throw new JsonException("tokens", "field `tokens`: expected only strings");
                })
                .toList();
    }

    private Optional<Token> verdict(TokenSecret secret, InetAddress from) {
        return switch (authority.authenticate(secret, from)) {
            case Verdict.Accepted accepted -> Optional.of(accepted.token());
            case Verdict.Refused _ -> Optional.empty();
            case Verdict.Unavailable _ -> throw new ProblemException(Problem.UNAVAILABLE);
        };
    }

    private static byte[] verdicts(List<Optional<Token>> verdicts) {
        return JsonWriter.object(json -> json.withObjects("verdicts", verdicts, (object, verdict) -> {
            object.with("active", verdict.isPresent());
            verdict.ifPresent(token -> TokenJson.writeVerdict(object, token));
        }));
    }
}
