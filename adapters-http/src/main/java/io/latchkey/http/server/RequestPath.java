package io.latchkey.http.server;

import io.latchkey.domain.TokenName;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.latchkey.http.wire.TokenAction;
import io.micronaut.http.HttpRequest;
import java.net.URI;

/** Path and query of a request. */
public final class RequestPath {
    private RequestPath() {}

    /** The path of a request as it was sent, not decoded. */
    public static String of(HttpRequest<?> request) {
        URI uri = request.getUri();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        // java.net.URI parses a leading // as an authority; in a request it begins the path.
        return uri.getScheme() == null && uri.getRawAuthority() != null ? "//" + uri.getRawAuthority() + path : path;
    }

    /** Whether a request is for Latchkey's own API or for OAuth, and not for InfluxDB's API. */
    static boolean isOwn(HttpRequest<?> request) {
        String path = of(request);
        return (path.startsWith(Paths.OWN + "/") && !path.equals(Paths.INFLUX_HEALTH))
                || path.startsWith(Paths.OAUTH + "/")
                || path.equals(Paths.OAUTH_METADATA)
                || path.startsWith(Paths.OAUTH_METADATA + "/");
    }

    /** The query of a request as it was sent, not decoded; empty if there is none. */
    public static String queryOf(HttpRequest<?> request) {
        URI uri = request.getUri();
        return uri.getRawQuery() == null ? "" : uri.getRawQuery();
    }

    /**
     * The token name in the path of a token.
     *
     * @throws ProblemException if the path has no or several segments for it
     */
    public static TokenName tokenName(HttpRequest<?> request) {
        return tokenName(belowTokens(request));
    }

    /** The token name in the path of an action on a token. */
    public static TokenName tokenName(HttpRequest<?> request, TokenAction action) {
        String below = belowTokens(request);
        return tokenName(below.substring(0, below.length() - action.path().length() - 1));
    }

    /** The token name in the path of the uses of a token. */
    public static TokenName tokenNameBeforeUses(HttpRequest<?> request) {
        String below = belowTokens(request);
        return tokenName(below.substring(0, below.length() - Paths.USES.length()));
    }

    private static String belowTokens(HttpRequest<?> request) {
        return of(request).substring((Paths.OWN_TOKENS + "/").length());
    }

    private static TokenName tokenName(String segment) {
        if (segment.isEmpty() || segment.indexOf('/') >= 0) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        return Paths.name(segment);
    }
}
