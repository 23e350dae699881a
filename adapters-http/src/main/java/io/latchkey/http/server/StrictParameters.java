package io.latchkey.http.server;

import io.latchkey.http.json.UnknownNameMessage;
import io.latchkey.http.wire.LedgerParameters;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.TokenParameters;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a query of our own API that holds a parameter which its route does not know, or twice one that is
 * given once: a misspelt
 * {@code dry_run} must not delete.
 *
 * <p>Not for {@link Paths#VERIFY}, which {@code ForwardAuthHandler} answers before any filter, nor for OAuth, whose
 * unknown parameters are to be ignored (RFC 6749, section 3.1).
 */
@ServerFilter(Paths.OWN + "/**")
final class StrictParameters {
    /** The answer to a query that is not understood; null to let the request pass. */
    @RequestFilter
    @Nullable
    HttpResponse<?> check(HttpRequest<?> request) {
        String path = RequestPath.of(request);
        if (path.equals(Paths.INFLUX_HEALTH)
                || RouteAttributes.getRouteMatch(request).isEmpty()) {
            return null;
        }
        List<String> known = known(request, path);
        Set<String> seen = new HashSet<>();
        for (String name : PercentEncoding.names(RequestPath.queryOf(request))) {
            if (!known.contains(name)) {
                return ProblemResponse.of(
                        Problem.parameter(name, UnknownNameMessage.sentence("parameter", name, known)), request);
            }
            if (!seen.add(name) && !(path.equals(Paths.LEDGER) && LedgerParameters.REPEATABLE.contains(name))) {
                return ProblemResponse.of(
                        Problem.parameter(name, "the parameter " + name + " is given twice"), request);
            }
        }
        return null;
    }

    /** The parameters that a request of our own API takes in its query. */
    private static List<String> known(HttpRequest<?> request, String path) {
        return switch (path) {
            case Paths.LEDGER -> LedgerParameters.NAMES;
            case Paths.OWN_TOKENS -> request.getMethod() == HttpMethod.GET ? TokenParameters.NAMES : List.of();
            default -> List.of();
        };
    }
}
