package io.latchkey.http.security;

import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonSize;
import io.latchkey.http.server.BodyBudget;
import io.latchkey.http.server.BodyReader;
import io.latchkey.http.server.ReceivedBody;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.latchkey.http.wire.ProblemStatus;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.server.HttpServerConfiguration;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of requests, bounded, and checked in the order of contract 1.7.
 *
 * <p>Whoever has shown no live token may send a few kilobytes; all bodies together take no more than a {@link BodyBudget}.
 */
@Singleton
public final class RequestBody {
    private static final Pattern JSON_TYPE =
            Pattern.compile("application/(json|[\\w!#$&^.+-]+\\+json)[ \\t]*(;.*)?", Pattern.CASE_INSENSITIVE);

    /** The longest body of a stranger, in bytes. */
    public static final int STRANGERS_LIMIT = 8 * 1024;

    /** What a stranger takes as long as its body is not there: that, its head, and what knows of it. */
    private static final long STRANGERS_SHARE = 8 * STRANGERS_LIMIT;

    /** In a long JSON text that somebody means, each name and each value takes at least as much. */
    private static final int BYTES_PER_VALUE = 4;

    private final int limit;
    private final PublicPaths exemptions;
    private final BodyBudget budget;

    RequestBody(HttpServerConfiguration configuration, PublicPaths exemptions, BodyBudget budget) {
        this.limit = Math.toIntExact(configuration.getMaxRequestSize());
        this.exemptions = exemptions;
        this.budget = budget;
    }

    /** The body as it was sent, whatever it is. */
    public ReceivedBody raw(HttpRequest<?> request) {
        // Nobody waits for a slow client: the future is completed by the event loop.
        boolean known = exemptions.isAuthenticationOff() || Caller.of(request) instanceof Caller.Authenticated;
        long longest = known ? limit : Math.min(limit, STRANGERS_LIMIT);
        if (request.getContentLength() > longest) {
            throw new ProblemException(Problem.tooLarge(longest));
        }
        CompletableFuture<byte[]> whole = new CompletableFuture<>();
        BodyBudget.Share share = known ? budget.share() : budget.share(STRANGERS_SHARE, whole);
        ((ServerHttpRequest<?>) request)
                .byteBody()
                .toByteArrayPublisher()
                .subscribe(new BodyReader(whole, share, longest));
        return new ReceivedBody(share, whole, UnaryOperator.identity());
    }

    /** The JSON text in a body, inflated if it was compressed; wrong headers are refused before it is read. */
    public ReceivedBody json(HttpRequest<?> request) {
        String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
        if (type == null || !JSON_TYPE.matcher(type.strip()).matches()) {
            throw new ProblemException(new Problem(
                    ProblemStatus.UNSUPPORTED_MEDIA_TYPE,
                    "not-json",
                    "unacceptable content-type, expected: application/json"));
        }
        boolean compressed = isCompressed(request.getHeaders().get(HttpHeaders.CONTENT_ENCODING));
        return json(request, compressed ? this::inflate : (body, _) -> body);
    }

    /** The same, whatever the headers say of it. */
    public ReceivedBody jsonOfAnyType(HttpRequest<?> request) {
        return json(request, (body, _) -> body);
    }

    private ReceivedBody json(HttpRequest<?> request, BiFunction<byte[], BodyBudget.Share, byte[]> decoded) {
        ReceivedBody sent = raw(request);
        BodyBudget.Share share = sent.share();
        return new ReceivedBody(share, sent.content(), body -> affordable(decoded.apply(body, share), share));
    }

    /**
     * A JSON text that will fit into memory once it is read: it takes the place that it then needs.
     *
     * @throws JsonException if it holds more values than a text of its length has that anybody writes
     */
    private byte[] affordable(byte[] json, BodyBudget.Share share) {
        int values = JsonSize.values(json);
        int most = Math.max(STRANGERS_LIMIT, limit) / BYTES_PER_VALUE;
        if (values > most) {
            throw new JsonException("expected at most " + most + " names and values");
        }
        take(share, 2L * json.length + (long) values * JsonSize.VALUE);
        return json;
    }

    private static void take(BodyBudget.Share share, long bytes) {
        if (!share.grow(bytes)) {
            throw new ProblemException(Problem.UNAVAILABLE);
        }
    }

    /** The same of a request that needs no body; nothing if there is none, whatever its headers say of it. */
    public ReceivedBody optionalJson(HttpRequest<?> request) {
        boolean said = request.getHeaders().contains(HttpHeaders.CONTENT_LENGTH)
                ? request.getContentLength() > 0
                : request.getHeaders().contains(HttpHeaders.TRANSFER_ENCODING);
        return said ? json(request) : raw(request);
    }

    /** What is answered once it is known that the body, if there is one, asks for nothing. */
    public CompletionStage<HttpResponse<?>> nothing(
            HttpRequest<?> request, Supplier<HttpResponse<?>> answer, Executor executor) {
        return optionalJson(request)
                .thenApplyAsync(
                        sent -> {
                            var _ = JsonFields.ofOptional(sent, List.of());
                            return answer.get();
                        },
                        executor);
    }

    private static boolean isCompressed(@Nullable String encoding) {
        if (encoding == null || encoding.equals("identity")) {
            return false;
        }
        if (encoding.equals("gzip")) {
            return true;
        }
        throw new ProblemException(Problem.badRequest(
                encoding.chars().allMatch(c -> c >= ' ' && c <= '~')
                        ? "unacceptable content-encoding: " + encoding
                        : "invalid content-encoding header: failed to convert header to a str"));
    }

    private byte[] inflate(byte[] gzip, BodyBudget.Share share) {
        try (var inflating = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            var body = new ByteArrayOutputStream(gzip.length);
            byte[] part = new byte[STRANGERS_LIMIT];
            for (int length = inflating.read(part); length >= 0; length = inflating.read(part)) {
                if (body.size() + length > limit) {
                    throw new ProblemException(Problem.tooLarge(limit));
                }
                take(share, 3L * length);
                body.write(part, 0, length);
            }
            return body.toByteArray();
        } catch (IOException e) {
            throw new ProblemException(Problem.badRequest("error decoding gzip stream: it is damaged or not gzip"));
        }
    }
}
