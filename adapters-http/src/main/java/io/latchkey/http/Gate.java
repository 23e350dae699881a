package io.latchkey.http;

import io.latchkey.application.TokenAuthority;
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
final class Gate {
    private final TokenAuthority authority;
    private final CommonHeaders headers;
    private final ExpiryNotice expiry;
    private final TrustedProxies proxies;
    private final Exemptions exemptions;
    private final RequestCounts counts;
    private final StrangersLines strangers;
    private final OpenConnections connections;

    Gate(
            TokenAuthority authority,
            CommonHeaders headers,
            ExpiryNotice expiry,
            TrustedProxies proxies,
            Exemptions exemptions,
            RequestCounts counts,
            StrangersLines strangers,
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
        RequestLog.begin(request);
        Refusal refusal = refusal(request, RequestPath.of(request));
        if (refusal == null) {
            return null;
        }
        // Micronaut shows a response filter no answer that was given before the route was known.
        MutableHttpResponse<?> answer = RefusalAnswer.of(refusal, request);
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
            RequestLog.end(request, answer, proxies, strangers);
        }
    }

    private @Nullable Refusal refusal(HttpRequest<?> request, String path) {
        if (exemptions.isClosed(path)) {
            return Refusal.WITHOUT_AUTH;
        }
        if (exemptions.isOpen(path)) {
            return null;
        }
        Credential credential = Credential.parse(request.getHeaders().get(HttpHeaders.AUTHORIZATION));
        if (Paths.isOpen(path)) {
            Caller.note(request, Caller.assessed(credential, authority));
            return null; // these decide by themselves whom they believe
        }
        Caller caller = Caller.of(credential, authority, proxies.address(request));
        Caller.note(request, caller);
        if (caller instanceof Caller.Known && request instanceof NettyHttpRequest<?> known) {
            connections.proven(known.getChannelHandlerContext().channel());
        }
        return switch (caller) {
            case Caller.Unknown.MALFORMED -> Refusal.MALFORMED_CREDENTIAL;
            case Caller.Unknown unknown when exemptions.isNeverForEverybody(path) -> refusal(unknown);
            // Micronaut would find the route of a path with a slash or two too many.
            case Caller _ -> path.endsWith("/") || path.startsWith("//") ? Refusal.NOT_FOUND : null;
        };
    }

    /** What somebody is told who is not let in. */
    static Refusal refusal(Caller.Unknown caller) {
        return switch (caller) {
            case MALFORMED -> Refusal.MALFORMED_CREDENTIAL;
            case MISSING, UNKNOWN, EXPIRED, DISABLED, RETIRED -> Refusal.UNAUTHENTICATED;
            case UNDECIDED -> Refusal.UNAVAILABLE;
        };
    }

    private static MutableHttpResponse<?> preflight() {
        return HttpResponse.noContent()
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "*")
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "*")
                .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400");
    }
}
