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
 * Reads request bodies with limits, and checks them in the order of contract 1.7.
 *
 * <p>Requests without a live token may send {@value #ANONYMOUS_LIMIT} bytes; a {@link BodyBudget} limits all bodies
 * together.
 */
@Singleton
public final class RequestBody {
    private static final Pattern JSON_TYPE =
            Pattern.compile("application/(json|[\\w!#$&^.+-]+\\+json)[ \\t]*(;.*)?", Pattern.CASE_INSENSITIVE);

    /** Maximum length of a body without a live token, in bytes. */
    public static final int ANONYMOUS_LIMIT = 8 * 1024;

    /** Memory of such a request while its body arrives, in bytes: the body, the headers and objects for them. */
    private static final long ANONYMOUS_SHARE = 8 * ANONYMOUS_LIMIT;

    /** Minimum average length of a name or value in a JSON text, in bytes; shorter ones are an attack on memory. */
    private static final int BYTES_PER_VALUE = 4;

    private final int limit;
    private final PublicPaths publicPaths;
    private final BodyBudget budget;

    RequestBody(HttpServerConfiguration configuration, PublicPaths publicPaths, BodyBudget budget) {
        this.limit = Math.toIntExact(configuration.getMaxRequestSize());
        this.publicPaths = publicPaths;
        this.budget = budget;
    }

    /** The body as it was sent. */
    public ReceivedBody raw(HttpRequest<?> request) {
        // No thread waits for the client: the event loop completes the future.
        boolean authenticated = publicPaths.isAuthenticationOff() || Caller.isKnown(request);
        long longest = authenticated ? limit : Math.min(limit, ANONYMOUS_LIMIT);
        if (request.getContentLength() > longest) {
            throw new ProblemException(Problem.tooLarge(longest));
        }
        CompletableFuture<byte[]> whole = new CompletableFuture<>();
        BodyBudget.Share share = authenticated ? budget.share() : budget.share(ANONYMOUS_SHARE, whole);
        ((ServerHttpRequest<?>) request)
                .byteBody()
                .toByteArrayPublisher()
                .subscribe(new BodyReader(whole, share, longest));
        return new ReceivedBody(share, whole, UnaryOperator.identity());
    }

    /** The JSON text in a body, decompressed; wrong headers are rejected before the body is read. */
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

    /** The JSON text in a body of any content type; content encodings are ignored. */
    public ReceivedBody jsonOfAnyType(HttpRequest<?> request) {
        return json(request, (body, _) -> body);
    }

    private ReceivedBody json(HttpRequest<?> request, BiFunction<byte[], BodyBudget.Share, byte[]> decoded) {
        ReceivedBody sent = raw(request);
        BodyBudget.Share share = sent.share();
        return new ReceivedBody(share, sent.content(), body -> affordable(decoded.apply(body, share), share));
    }

    /**
     * Reserves the memory that a JSON text needs after parsing.
     *
     * @throws JsonException if it has more names and values than any request needs
     * @throws ProblemException if the budget has too little left
     */
    private byte[] affordable(byte[] json, BodyBudget.Share share) {
        int values = JsonSize.values(json);
        int most = Math.max(ANONYMOUS_LIMIT, limit) / BYTES_PER_VALUE;
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

    /** The JSON text in an optional body; empty without a body, and then the content type does not matter. */
    public ReceivedBody optionalJson(HttpRequest<?> request) {
        boolean present = request.getHeaders().contains(HttpHeaders.CONTENT_LENGTH)
                ? request.getContentLength() > 0
                : request.getHeaders().contains(HttpHeaders.TRANSFER_ENCODING);
        return present ? json(request) : raw(request);
    }

    /** The response to a request that takes no fields: its body must be empty or an empty JSON object. */
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
            byte[] part = new byte[ANONYMOUS_LIMIT];
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
