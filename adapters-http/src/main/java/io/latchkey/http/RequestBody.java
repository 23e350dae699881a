package io.latchkey.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.server.HttpServerConfiguration;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The bodies of requests, bounded, and checked in the order of contract 1.7. */
@Singleton
final class RequestBody {
    private static final Pattern JSON_TYPE =
            Pattern.compile("application/(json|[\\w!#$&^.+-]+\\+json)[ \\t]*(;.*)?", Pattern.CASE_INSENSITIVE);

    private final int limit;

    RequestBody(HttpServerConfiguration configuration) {
        this.limit = Math.toIntExact(configuration.getMaxRequestSize());
    }

    /** The body as it was sent, whatever it is. */
    CompletionStage<byte[]> raw(HttpRequest<?> request) {
        // Nobody waits for a slow client: the future is completed by the event loop.
        return ((ServerHttpRequest<?>) request).byteBody().buffer().thenApply(body -> {
            try (body) {
                return body.toByteArray();
            }
        });
    }

    /** The JSON text in a body, inflated if it was compressed; wrong headers are refused before it is read. */
    CompletionStage<byte[]> json(HttpRequest<?> request) {
        String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
        if (type == null || !JSON_TYPE.matcher(type.strip()).matches()) {
            throw new RefusedRequest(new Refusal(
                    Status.UNSUPPORTED_MEDIA_TYPE,
                    "not-json",
                    "unacceptable content-type, expected: application/json"));
        }
        boolean compressed = isCompressed(request.getHeaders().get(HttpHeaders.CONTENT_ENCODING));
        return raw(request).thenApply(body -> compressed ? inflate(body) : body);
    }

    /** The same of a request that needs no body; nothing if there is none, whatever its headers say of it. */
    CompletionStage<byte[]> optionalJson(HttpRequest<?> request) {
        boolean said = request.getHeaders().contains(HttpHeaders.CONTENT_LENGTH)
                ? request.getContentLength() > 0
                : request.getHeaders().contains(HttpHeaders.TRANSFER_ENCODING);
        return said ? json(request) : raw(request);
    }

    /** What is answered once it is known that the body, if there is one, asks for nothing. */
    CompletionStage<HttpResponse<?>> nothing(
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
        throw new RefusedRequest(Refusal.badRequest(
                encoding.chars().allMatch(c -> c >= ' ' && c <= '~')
                        ? "unacceptable content-encoding: " + encoding
                        : "invalid content-encoding header: failed to convert header to a str"));
    }

    private byte[] inflate(byte[] gzip) {
        try (var inflating = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            byte[] body = inflating.readNBytes(limit + 1);
            if (body.length > limit) {
                throw new RefusedRequest(tooLarge(limit));
            }
            return body;
        } catch (IOException e) {
            throw new RefusedRequest(Refusal.badRequest("error decoding gzip stream: it is damaged or not gzip"));
        }
    }

    /** A body is longer than the limit. */
    static Refusal tooLarge(long limit) {
        return new Refusal(
                Status.REQUEST_ENTITY_TOO_LARGE, "too-large", "max request size (" + limit + " bytes) exceeded");
    }
}
