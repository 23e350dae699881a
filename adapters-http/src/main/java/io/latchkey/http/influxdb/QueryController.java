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
 * InfluxDB 3's endpoint for SQL, as far as it is about tokens (contract 1.10).
 *
 * <p>Queries have threads of their own, since one may keep a processor busy for seconds. One whose client goes away is
 * given up.
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
    private final StreamingSlots sending = new StreamingSlots(LONG_AT_ONCE, System::nanoTime);
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

    /** Gives the question up when the client goes away. */
    private CompletionStage<HttpResponse<?>> begin(HttpRequest<?> request, Supplier<HttpResponse<?>> question) {
        CompletableFuture<HttpResponse<?>> answer = new CompletableFuture<>();
        Runnable givingUp = threads.begin(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        Connections.ifClosedBefore(answer, request, givingUp);
        return answer;
    }

    /** Contract A.2, row 16: what is asked for by name is given, whatever else is accepted. */
    private static TableFormat format(HttpRequest<?> request, QueryRequest asked) {
        return asked.format()
                .orElseGet(() -> TableMediaTypes.accepted(request.getHeaders().get(HttpHeaders.ACCEPT)));
    }

    /** The beginning is made at once, so that a refusal is one; the rest of a long text as it is taken. */
    private HttpResponse<?> answer(HttpRequest<?> request, TableText text, TableFormat format) {
        return HttpResponse.ok(text.hasNext() ? sent(request, new Utf8Chunks(text)) : new byte[0])
                .header(HttpHeaders.CONTENT_TYPE, TableMediaTypes.type(format));
    }

    private Object sent(HttpRequest<?> request, Iterator<byte[]> parts) {
        byte[] first = parts.next();
        return parts.hasNext() ? answers.body(request, first, parts) : held(request, first);
    }

    /** A text that was made at once may take much more memory than a part, so fewer are sent at a time. */
    private Object held(HttpRequest<?> request, byte[] whole) {
        return whole.length > StreamedBodies.SHORT
                ? sending.take(Connections.closing(request), Problem.UNAVAILABLE)
                        .answer(request, new ByteArrayInputStream(whole), OptionalLong.of(whole.length))
                : whole;
    }

    @PreDestroy
    void close() {
        threads.close();
    }
}
