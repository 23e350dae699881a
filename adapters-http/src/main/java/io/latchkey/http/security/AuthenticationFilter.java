package io.latchkey.http.security;

import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Timestamps;
import io.latchkey.domain.TokenFailure;
import io.latchkey.http.server.CommonHeaders;
import io.latchkey.http.server.ConsoleListener;
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
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The first filter for every request and the last for every response. Handles preflight requests and authentication, in
 * the order of contract 1.2, before routing and before the body is read. Runs on the event loop, without I/O.
 *
 * <p>Replaces Micronaut's CORS filter, which would reject every browser on this machine.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Replaces(CorsFilter.class)
public final class AuthenticationFilter {
    private final TokenAuthority authority;
    private final CommonHeaders headers;
    private final ExpiryHeader expiry;
    private final TrustedProxies proxies;
    private final PublicPaths publicPaths;
    private final RequestCounts counts;
    private final LogRateLimit logLimit;
    private final OpenConnections connections;
    private final ConsoleListener console;
    private final InstantSource clock;

    AuthenticationFilter(
            TokenAuthority authority,
            CommonHeaders headers,
            ExpiryHeader expiry,
            TrustedProxies proxies,
            PublicPaths publicPaths,
            RequestCounts counts,
            LogRateLimit logLimit,
            OpenConnections connections,
            ConsoleListener console,
            InstantSource clock) {
        this.authority = authority;
        this.headers = headers;
        this.expiry = expiry;
        this.proxies = proxies;
        this.publicPaths = publicPaths;
        this.counts = counts;
        this.logLimit = logLimit;
        this.connections = connections;
        this.console = console;
        this.clock = clock;
    }

    /** The response to a request that is not passed on; null to pass it on. */
    @RequestFilter
    @PreMatching
    @Nullable
    HttpResponse<?> enter(HttpRequest<?> request) {
        if (request.getMethod() == HttpMethod.OPTIONS && !Paths.isConsole(RequestPath.of(request))) {
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
        // Micronaut does not call response filters for responses before routing.
        MutableHttpResponse<?> answer = ProblemResponse.of(refusal, request);
        leave(request, answer);
        return answer;
    }

    @ResponseFilter
    void leave(HttpRequest<?> request, MutableHttpResponse<?> answer) {
        String path = RequestPath.of(request);
        if (Paths.isConsole(path)) {
            headers.addToPage(answer);
        } else {
            headers.add(answer);
            expiry.addTo(answer, request, path);
            RequestedWait.addTo(answer, request);
        }
        counts.count(answer.code());
        if (!Paths.isProbe(path)) {
            AccessLog.end(request, answer, proxies, logLimit);
        }
    }

    private @Nullable Problem refusal(HttpRequest<?> request, String path) {
        if (!Timestamps.contain(clock.instant()) && !Paths.isProbe(path)) {
            return Problem.WRONG_CLOCK;
        }
        if (console.hides(path, request.getServerAddress())) {
            return Problem.NOT_FOUND;
        }
        if (publicPaths.isClosed(path)) {
            return Problem.WITHOUT_AUTH;
        }
        if (publicPaths.isOpen(path) || Paths.isConsole(path)) {
            return null; // the console has sessions instead of credentials
        }
        Credential credential = Credential.parse(request.getHeaders().get(HttpHeaders.AUTHORIZATION));
        if (Paths.isOpen(path)) {
            Caller.attachTo(request, Caller.check(credential, authority, proxies.address(request)));
            return null; // these endpoints check credentials themselves
        }
        Caller caller = Caller.of(credential, authority, proxies.address(request));
        Caller.attachTo(request, caller);
        if (caller instanceof Caller.Authenticated && request instanceof NettyHttpRequest<?> netty) {
            connections.proven(netty.getChannelHandlerContext().channel());
        }
        return switch (caller) {
            case Caller.Rejected.MALFORMED -> Problem.MALFORMED_CREDENTIAL;
            case Caller.Rejected unknown when publicPaths.requiresToken(path) -> refusal(unknown);
            case Caller.Rejected _ -> stray(path);
            case Caller.Authenticated accepted ->
                publicPaths
                        .missing(accepted.token(), path)
                        .map(required -> Problem.of(new TokenFailure.PermissionMissing(required)))
                        .orElseGet(() -> stray(path));
        };
    }

    /** Micronaut would route a path with additional slashes. */
    private static @Nullable Problem stray(String path) {
        return path.endsWith("/") || path.startsWith("//") ? Problem.NOT_FOUND : null;
    }

    /** The response to a caller who is rejected. */
    public static Problem refusal(Caller.Rejected caller) {
        return switch (caller) {
            case MALFORMED -> Problem.MALFORMED_CREDENTIAL;
            case MISSING, UNKNOWN, EXPIRED, DISABLED, RETIRED, NOT_YET, ORIGIN, ROUTE -> Problem.UNAUTHENTICATED;
            case UNAVAILABLE -> Problem.UNAVAILABLE;
        };
    }

    private static MutableHttpResponse<?> preflight() {
        return HttpResponse.noContent()
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "*")
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "*")
                .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400");
    }
}
