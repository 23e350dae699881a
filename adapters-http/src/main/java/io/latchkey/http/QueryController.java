package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.TableFormat;
import io.latchkey.application.TokenAdministration;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * InfluxDB 3's endpoint for SQL, as far as it is about tokens (contract 1.10).
 *
 * <p>Queries have threads of their own, since one may keep a processor busy for seconds.
 */
@Controller(Paths.QUERY_SQL)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class QueryController {
    static final int AT_ONCE = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    static final int IN_LINE = 32;

    private final RequestBody body;
    private final WaitingLine threads = new WaitingLine("latchkey-query-", AT_ONCE, IN_LINE);

    QueryController(RequestBody body) {
        this.body = body;
    }

    @Get(headRoute = false)
    CompletionStage<HttpResponse<?>> get(HttpRequest<?> request, TokenAdministration administration) {
        QueryRequest asked = QueryRequest.ofUrl(RequestPath.queryOf(request));
        TableFormat format = format(request, asked);
        return CompletableFuture.supplyAsync(() -> answer(administration, asked, format), threads);
    }

    @Post
    CompletionStage<HttpResponse<?>> post(HttpRequest<?> request, TokenAdministration administration) {
        return body.jsonOfAnyType(request)
                .thenApplyAsync(
                        sent -> {
                            QueryRequest asked = QueryRequest.ofJson(sent);
                            return answer(administration, asked, format(request, asked));
                        },
                        threads);
    }

    /** Contract A.2, row 16: what is asked for by name is given, whatever else is accepted. */
    private static TableFormat format(HttpRequest<?> request, QueryRequest asked) {
        return asked.format()
                .orElseGet(() -> TableTypes.accepted(request.getHeaders().get(HttpHeaders.ACCEPT)));
    }

    private static HttpResponse<?> answer(TokenAdministration administration, QueryRequest asked, TableFormat format) {
        return HttpResponse.ok(administration.query(asked.query(), format).getBytes(UTF_8))
                .header(HttpHeaders.CONTENT_TYPE, TableTypes.type(format));
    }

    @PreDestroy
    void close() {
        threads.close();
    }
}
