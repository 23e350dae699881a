package io.latchkey.http.api;

import io.latchkey.application.RotatedToken;
import io.latchkey.application.TokenAdministration;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import io.latchkey.http.security.RequestBody;
import io.latchkey.http.server.RequestPath;
import io.latchkey.http.wire.DisableToken;
import io.latchkey.http.wire.EntityTag;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.RotateToken;
import io.latchkey.http.wire.TokenAction;
import io.latchkey.http.wire.TokenJson;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** Actions on a token: rotate, finish and undo a rotation, disable, enable. */
@Controller(Paths.OWN)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class TokenActionController {
    // With +, Micronaut accepts any name; RequestPath extracts it.
    private static final String TOKEN = "/tokens/{+name}";

    private final RequestBody body;
    private final InstantSource clock;
    private final ExecutorService blocking;

    TokenActionController(RequestBody body, InstantSource clock, @Named(TaskExecutors.IO) ExecutorService blocking) {
        this.body = body;
        this.clock = clock;
        this.blocking = blocking;
    }

    @Post(TOKEN + "/rotate")
    CompletionStage<HttpResponse<?>> rotate(HttpRequest<?> request, TokenAdministration administration) {
        return body.optionalJson(request)
                .thenApplyAsync(
                        sent -> {
                            RotateToken asked =
                                    RotateToken.read(sent, request.getHeaders().getAll(RotateToken.KEY));
                            RotatedToken rotated = administration.rotate(
                                    name(request, TokenAction.ROTATE), asked.grace(), asked.key(), ifMatch(request));
                            return TokenController.answer(TokenJson.rotated(rotated, clock.instant()), rotated.token());
                        },
                        blocking);
    }

    @Post(TOKEN + "/rotate/finish")
    CompletionStage<HttpResponse<?>> finish(HttpRequest<?> request, TokenAdministration administration) {
        return body.nothing(
                request,
                () -> answer(
                        administration.finishRotation(name(request, TokenAction.FINISH_ROTATION), ifMatch(request))),
                blocking);
    }

    @Post(TOKEN + "/rotate/undo")
    CompletionStage<HttpResponse<?>> undo(HttpRequest<?> request, TokenAdministration administration) {
        return body.nothing(
                request,
                () -> answer(administration.undoRotation(name(request, TokenAction.UNDO_ROTATION), ifMatch(request))),
                blocking);
    }

    @Post(TOKEN + "/disable")
    CompletionStage<HttpResponse<?>> disable(HttpRequest<?> request, TokenAdministration administration) {
        return body.optionalJson(request)
                .thenApplyAsync(
                        sent -> answer(administration.disable(
                                name(request, TokenAction.DISABLE), DisableToken.read(sent), ifMatch(request))),
                        blocking);
    }

    @Post(TOKEN + "/enable")
    CompletionStage<HttpResponse<?>> enable(HttpRequest<?> request, TokenAdministration administration) {
        return body.nothing(
                request,
                () -> answer(administration.enable(name(request, TokenAction.ENABLE), ifMatch(request))),
                blocking);
    }

    private HttpResponse<?> answer(Token token) {
        return TokenController.answer(token, clock.instant());
    }

    private static TokenName name(HttpRequest<?> request, TokenAction action) {
        return RequestPath.tokenName(request, action);
    }

    private static Precondition ifMatch(HttpRequest<?> request) {
        return EntityTag.ifMatch(request.getHeaders().getAll(HttpHeaders.IF_MATCH));
    }
}
