package io.latchkey.http.api;

import io.latchkey.application.IssuedToken;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenQuery;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenVersion;
import io.latchkey.http.security.Caller;
import io.latchkey.http.security.RequestBody;
import io.latchkey.http.server.RequestPath;
import io.latchkey.http.server.StreamedBodies;
import io.latchkey.http.wire.CreateToken;
import io.latchkey.http.wire.EditToken;
import io.latchkey.http.wire.EntityTag;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.PurgeTokens;
import io.latchkey.http.wire.TokenJson;
import io.latchkey.http.wire.TokenPageJson;
import io.latchkey.http.wire.TokenParameters;
import io.latchkey.http.wire.UseHistoryJson;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.inject.Named;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** Tokens in Latchkey's own API. */
@Controller(Paths.OWN)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class TokenController {
    // With +, Micronaut accepts any name; RequestPath extracts it.
    private static final String TOKEN = "/tokens/{+name}";

    /** Tokens in one part of a streamed list: about 60 KB. */
    private static final int PART = 100;

    private final RequestBody body;
    private final StreamedBodies answers;
    private final InstantSource clock;
    private final ExecutorService blocking;

    TokenController(
            RequestBody body,
            StreamedBodies answers,
            InstantSource clock,
            @Named(TaskExecutors.IO) ExecutorService blocking) {
        this.body = body;
        this.answers = answers;
        this.clock = clock;
        this.blocking = blocking;
    }

    /** The token of the caller, from memory. */
    @Get("/whoami")
    HttpResponse<?> whoami(HttpRequest<?> request) {
        if (Caller.of(request) instanceof Caller.Authenticated caller) {
            return answer(request, caller.token().asItsHolderSees());
        }
        throw new TokenFailure.Unauthenticated();
    }

    /**
     * One page, or all tokens as a stream, whose first page is read at once, so that its failure becomes an error
     * response.
     */
    @Get("/tokens")
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> list(HttpRequest<?> request, TokenAdministration administration) {
        String query = RequestPath.queryOf(request);
        TokenQuery asked = TokenParameters.read(query);
        Object json = TokenParameters.asksForPage(query)
                ? answers.body(request, TokenPageJson.page(administration.page(asked), clock))
                : answers.body(request, TokenPageJson.all(administration.pages(asked.inPagesOf(PART)), clock));
        return HttpResponse.ok(json).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    @Post("/tokens")
    CompletionStage<HttpResponse<?>> create(HttpRequest<?> request, TokenAdministration administration) {
        return body.json(request)
                .thenApplyAsync(
                        sent -> created(
                                administration.create(CreateToken.readOwn(sent).token())),
                        blocking);
    }

    @Post("/purge")
    CompletionStage<HttpResponse<?>> purge(HttpRequest<?> request, TokenAdministration administration) {
        return body.json(request)
                .thenApplyAsync(
                        sent -> HttpResponse.ok(
                                        TokenJson.purged(administration.purge(PurgeTokens.read(sent)), clock.instant()))
                                .contentType(MediaType.APPLICATION_JSON_TYPE),
                        blocking);
    }

    @Get(TOKEN)
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> find(HttpRequest<?> request, TokenAdministration administration) {
        TokenName name = RequestPath.tokenName(request);
        Token token = administration.find(name);
        return isKnown(request, token)
                ? notModified(token)
                : answer(TokenJson.token(token, administration.uses(name), clock.instant()), token);
    }

    @Get(TOKEN + Paths.USES)
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> uses(HttpRequest<?> request, TokenAdministration administration) {
        return HttpResponse.ok(
                        UseHistoryJson.write(administration.useHistory(RequestPath.tokenNameBeforeUses(request))))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    @Patch(TOKEN)
    CompletionStage<HttpResponse<?>> edit(HttpRequest<?> request, TokenAdministration administration) {
        return body.json(request)
                .thenApplyAsync(
                        sent -> answer(
                                request,
                                administration.edit(
                                        RequestPath.tokenName(request),
                                        EditToken.read(sent),
                                        EntityTag.ifMatch(request.getHeaders().getAll(HttpHeaders.IF_MATCH)))),
                        blocking);
    }

    @Delete(TOKEN)
    CompletionStage<HttpResponse<?>> revoke(HttpRequest<?> request, TokenAdministration administration) {
        return body.nothing(
                request,
                () -> {
                    administration.revoke(
                            RequestPath.tokenName(request),
                            EntityTag.ifMatch(request.getHeaders().getAll(HttpHeaders.IF_MATCH)));
                    return HttpResponse.noContent();
                },
                blocking);
    }

    private HttpResponse<?> answer(HttpRequest<?> request, Token token) {
        return isKnown(request, token) ? notModified(token) : answer(token, clock.instant());
    }

    private static boolean isKnown(HttpRequest<?> request, Token token) {
        return request.getMethod().equals(io.micronaut.http.HttpMethod.GET)
                && EntityTag.noneMatches(request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH), token.version());
    }

    private static HttpResponse<?> notModified(Token token) {
        return HttpResponse.notModified().header(HttpHeaders.ETAG, EntityTag.of(token.version()));
    }

    /** The response with a token. */
    static HttpResponse<?> answer(Token token, Instant now) {
        return answer(TokenJson.token(token, now), token);
    }

    /** The response with the JSON of a token. */
    static HttpResponse<?> answer(byte[] json, Token token) {
        return HttpResponse.ok(json)
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.ETAG, EntityTag.of(token.version()));
    }

    private static HttpResponse<?> created(IssuedToken token) {
        return HttpResponse.created(TokenJson.issued(token), URI.create(Paths.of(token.name())))
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.ETAG, EntityTag.of(new TokenVersion(token.id(), 1)));
    }
}
