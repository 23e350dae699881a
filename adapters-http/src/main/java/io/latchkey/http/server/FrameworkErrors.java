package io.latchkey.http.server;

import io.latchkey.application.FatalErrors;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemStatus;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import jakarta.inject.Singleton;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** The responses to errors that Micronaut finds itself; replaces its own messages. */
@Singleton
final class FrameworkErrors implements ErrorResponseProcessor<Object> {
    private static final Problem HEAD_TOO_LARGE = new Problem(
            ProblemStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            "head-too-large",
            "the URL or the headers of the request are too long");

    /** What Netty says if it gave the path up. */
    private static final String UNKNOWN = "/bad-request";

    /** The beginning of an absolute URL as the target of a request. */
    private static final Pattern AUTHORITY = Pattern.compile("^https?://[^/?]*", Pattern.CASE_INSENSITIVE);

    private final CommonHeaders headers;
    private final long maxRequestSize;

    FrameworkErrors(CommonHeaders headers, HttpServerConfiguration configuration) {
        this.headers = headers;
        this.maxRequestSize = configuration.getMaxRequestSize();
    }

    @Override
    @SuppressWarnings("unchecked") // Micronaut asks for a type; the body is bytes
    public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> base) {
        HttpRequest<?> request = context.getRequest();
        MutableHttpResponse<?> answer = ProblemResponse.of(refusal(base.code(), context), request);
        // Requests that cannot be parsed do not pass the filter that adds these.
        String path = path(request);
        if (Paths.isConsole(path)) {
            headers.addToPage(answer);
            if (base.code() == HttpStatus.METHOD_NOT_ALLOWED.getCode()) {
                answer.status(HttpStatus.METHOD_NOT_ALLOWED).header(HttpHeaders.ALLOW, "GET, HEAD, POST");
            }
        } else if (path.equals(UNKNOWN) || isNoUrl(context)) {
            headers.addToUnknown(answer);
        } else {
            headers.add(answer);
        }
        return (MutableHttpResponse<Object>) answer;
    }

    private static boolean isNoUrl(ErrorContext context) {
        return context.getRootCause().orElse(null)
                instanceof URISyntaxException; // then Micronaut does not tell the path
    }

    /** The path as it was sent. */
    private static String path(HttpRequest<?> request) {
        String sent = request instanceof NettyHttpRequest<?> netty
                ? netty.getNativeRequest().uri()
                : RequestPath.of(request);
        String path = AUTHORITY.matcher(sent).replaceFirst("");
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private Problem refusal(int status, ErrorContext context) {
        if (status >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()) {
            context.getRootCause().ifPresent(FatalErrors::check);
            return Problem.BROKEN;
        }
        return switch (HttpStatus.valueOf(status)) {
            // Contract 1.2: 404 for a wrong method, too.
            case NOT_FOUND, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE -> Problem.NOT_FOUND;
            // Micronaut gives no cause if the headers are too large.
            case REQUEST_ENTITY_TOO_LARGE ->
                context.getRootCause().isPresent() ? Problem.tooLarge(maxRequestSize) : HEAD_TOO_LARGE;
            default ->
                Problem.badRequest(
                        isNoUrl(context) ? "the URL is not percent-encoded UTF-8" : "the request is not valid HTTP");
        };
    }
}
