package io.latchkey.http.server;

import io.latchkey.domain.TokenName;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.latchkey.http.wire.TokenAction;
import io.micronaut.http.HttpRequest;
import java.net.URI;

/** What of the API a request is for. */
public final class RequestPath {
    private RequestPath() {}

    /** The path of a request as it was sent, nothing decoded. */
    public static String of(HttpRequest<?> request) {
        URI uri = request.getUri();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        // A URI takes what follows two slashes for a host; in a request it is where a path begins.
        return uri.getScheme() == null && uri.getRawAuthority() != null ? "//" + uri.getRawAuthority() + path : path;
    }

    /** Whether a request is for Latchkey's own API, or for OAuth's; InfluxDB has neither. */
    static boolean isOwn(HttpRequest<?> request) {
        String path = of(request);
        return (path.startsWith(Paths.OWN + "/") && !path.equals(Paths.INFLUX_HEALTH))
                || path.startsWith(Paths.OAUTH + "/")
                || path.equals(Paths.OAUTH_METADATA)
                || path.startsWith(Paths.OAUTH_METADATA + "/");
    }

    /** The query of a request as it was sent; empty if there is none. */
    public static String queryOf(HttpRequest<?> request) {
        URI uri = request.getUri();
        return uri.getRawQuery() == null ? "" : uri.getRawQuery();
    }

    /** The name at the end of the path of a token. */
    public static TokenName tokenName(HttpRequest<?> request) {
        return tokenName(belowTokens(request));
    }

    /** The name in the path of something to be done to a token. */
    public static TokenName tokenName(HttpRequest<?> request, TokenAction act) {
        String below = belowTokens(request);
        return tokenName(below.substring(0, below.length() - act.path().length() - 1));
    }

    private static String belowTokens(HttpRequest<?> request) {
        return of(request).substring((Paths.OWN_TOKENS + "/").length());
    }

    private static TokenName tokenName(String segment) {
        if (segment.isEmpty() || segment.indexOf('/') >= 0) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        return new TokenName(PercentEncoding.decode(segment));
    }
}
