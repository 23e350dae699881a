package io.latchkey.http.influxdb;

import io.latchkey.application.TokenQueries;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.table.TableText;
import io.latchkey.http.security.RequestBody;
import io.latchkey.http.server.BoundedExecutor;
import io.latchkey.http.server.Connections;
import io.latchkey.http.server.RequestPath;
import io.latchkey.http.server.StreamedBodies;
import io.latchkey.http.server.StreamingSlots;
import io.latchkey.http.server.Utf8Chunks;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.QueryRequest;
import io.latchkey.http.wire.TableMediaTypes;
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
import java.io.ByteArrayInputStream;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * InfluxDB 3's endpoint for SQL queries, on tokens (contract 1.10).
 *
 * <p>Queries have threads of their own, because one may use a CPU for seconds. A query is cancelled when its client
 * disconnects.
 */
@Controller(Paths.QUERY_SQL)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class QueryController {
    static final int AT_ONCE = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    static final int IN_LINE = 32;

    private static final int LONG_AT_ONCE = 4;

    private final RequestBody body;
    private final StreamedBodies answers;
    private final StreamingSlots slots = new StreamingSlots(LONG_AT_ONCE, System::nanoTime);
    private final BoundedExecutor threads = new BoundedExecutor("latchkey-query-", AT_ONCE, IN_LINE);

    QueryController(RequestBody body, StreamedBodies answers) {
        this.body = body;
        this.answers = answers;
    }

    @Get(headRoute = false)
    CompletionStage<HttpResponse<?>> get(HttpRequest<?> request, TokenQueries queries) {
        QueryRequest asked = QueryRequest.ofUrl(RequestPath.queryOf(request));
        TableFormat format = format(request, asked);
        return begin(request, () -> answer(request, queries.query(asked.query(), format), format));
    }

    @Post
    CompletionStage<HttpResponse<?>> post(HttpRequest<?> request, TokenQueries queries) {
        return body.jsonOfAnyType(request)
                .thenCompose(sent -> begin(request, () -> {
                    QueryRequest asked = QueryRequest.ofJson(sent.get());
                    TableFormat format = format(request, asked);
                    return answer(request, queries.query(asked.query(), format), format);
                }));
    }

    /** Runs a query; cancels it when the client disconnects. */
    private CompletionStage<HttpResponse<?>> begin(HttpRequest<?> request, Supplier<HttpResponse<?>> query) {
        CompletableFuture<HttpResponse<?>> answer = new CompletableFuture<>();
        Runnable cancel = threads.begin(() -> {
            try {
                answer.complete(query.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        Connections.ifClosedBefore(answer, request, cancel);
        return answer;
    }

    /** The format of the result: {@code format} takes precedence over {@code Accept} (contract A.2, row 16). */
    private static TableFormat format(HttpRequest<?> request, QueryRequest asked) {
        return asked.format()
                .orElseGet(() -> TableMediaTypes.accepted(request.getHeaders().get(HttpHeaders.ACCEPT)));
    }

    /**
     * Makes the first part at once, so that its failure becomes an error response, and the rest while the client reads.
     */
    private HttpResponse<?> answer(HttpRequest<?> request, TableText text, TableFormat format) {
        return HttpResponse.ok(text.hasNext() ? sent(request, new Utf8Chunks(text)) : new byte[0])
                .header(HttpHeaders.CONTENT_TYPE, TableMediaTypes.type(format));
    }

    private Object sent(HttpRequest<?> request, Iterator<byte[]> parts) {
        byte[] first = parts.next();
        return parts.hasNext() ? answers.body(request, first, parts) : complete(request, first);
    }

    /** A complete text may take much more memory than a part, so fewer of them are sent at a time. */
    private Object complete(HttpRequest<?> request, byte[] whole) {
        return whole.length > StreamedBodies.SHORT
                ? slots.take(Connections.closing(request), Problem.UNAVAILABLE)
                        .answer(request, new ByteArrayInputStream(whole), OptionalLong.of(whole.length))
                : whole;
    }

    @PreDestroy
    void close() {
        threads.close();
    }
}
