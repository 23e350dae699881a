package io.latchkey.http.security;

import io.latchkey.application.TokenAuthority;
import io.latchkey.http.server.CommonHeaders;
import io.latchkey.http.server.LogRateLimit;
import io.latchkey.http.server.OpenConnections;
import io.latchkey.http.server.ProblemResponse;
import io.latchkey.http.server.RequestCounts;
import io.latchkey.http.server.RequestPath;
import io.latchkey.http.server.TrustedProxies;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.Problem;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import io.micronaut.http.server.cors.CorsFilter;
import io.micronaut.http.server.netty.NettyHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes first, in the order of contract 1.2, and every answer last: preflight, authentication, and
 * only then the route and the body. Runs on the event loop and touches memory only.
 *
 * <p>Takes the place of Micronaut's own filter for origins, which would refuse every browser on this machine.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Replaces(CorsFilter.class)
public final class AuthenticationFilter {
    private final TokenAuthority authority;
    private final CommonHeaders headers;
    private final ExpiryHeader expiry;
    private final TrustedProxies proxies;
    private final PublicPaths exemptions;
    private final RequestCounts counts;
    private final LogRateLimit strangers;
    private final OpenConnections connections;

    AuthenticationFilter(
            TokenAuthority authority,
            CommonHeaders headers,
            ExpiryHeader expiry,
            TrustedProxies proxies,
            PublicPaths exemptions,
            RequestCounts counts,
            LogRateLimit strangers,
            OpenConnections connections) {
        this.authority = authority;
        this.headers = headers;
        this.expiry = expiry;
        this.proxies = proxies;
        this.exemptions = exemptions;
        this.counts = counts;
        this.strangers = strangers;
        this.connections = connections;
    }

    /** The answer to a request that goes no further; null to let it pass. */
    @RequestFilter
    @PreMatching
    @Nullable
    HttpResponse<?> enter(HttpRequest<?> request) {
        if (request.getMethod() == HttpMethod.OPTIONS) {
            MutableHttpResponse<?> answer = preflight();
            headers.addToPreflight(answer);
            counts.count(answer.code());
            return answer;
        }
        AccessLog.begin(request);
        Problem refusal = refusal(request, RequestPath.of(request));
        if (refusal == null) {
            return null;
        }
        // Micronaut shows a response filter no answer that was given before the route was known.
        MutableHttpResponse<?> answer = ProblemResponse.of(refusal, request);
        leave(request, answer);
        return answer;
    }

    @ResponseFilter
    void leave(HttpRequest<?> request, MutableHttpResponse<?> answer) {
        String path = RequestPath.of(request);
        headers.add(answer);
        expiry.addTo(answer, request, path);
        counts.count(answer.code());
        if (!Paths.isProbe(path)) {
            AccessLog.end(request, answer, proxies, strangers);
        }
    }

    private @Nullable Problem refusal(HttpRequest<?> request, String path) {
        if (exemptions.isClosed(path)) {
            return Problem.WITHOUT_AUTH;
        }
        if (exemptions.isOpen(path)) {
            return null;
        }
        Credential credential = Credential.parse(request.getHeaders().get(HttpHeaders.AUTHORIZATION));
        if (Paths.isOpen(path)) {
            Caller.attachTo(request, Caller.assessed(credential, authority));
            return null; // these decide by themselves whom they believe
        }
        Caller caller = Caller.of(credential, authority, proxies.address(request));
        Caller.attachTo(request, caller);
        if (caller instanceof Caller.Authenticated && request instanceof NettyHttpRequest<?> known) {
            connections.proven(known.getChannelHandlerContext().channel());
        }
        return switch (caller) {
            case Caller.Rejected.MALFORMED -> Problem.MALFORMED_CREDENTIAL;
            case Caller.Rejected unknown when exemptions.isNeverForEverybody(path) -> refusal(unknown);
            // Micronaut would find the route of a path with a slash or two too many.
            case Caller _ -> path.endsWith("/") || path.startsWith("//") ? Problem.NOT_FOUND : null;
        };
    }

    /** What somebody is told who is not let in. */
    public static Problem refusal(Caller.Rejected caller) {
        return switch (caller) {
            case MALFORMED -> Problem.MALFORMED_CREDENTIAL;
            case MISSING, UNKNOWN, EXPIRED, DISABLED, RETIRED -> Problem.UNAUTHENTICATED;
            case UNDECIDED -> Problem.UNAVAILABLE;
        };
    }

    private static MutableHttpResponse<?> preflight() {
        return HttpResponse.noContent()
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "*")
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "*")
                .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400");
    }
}
