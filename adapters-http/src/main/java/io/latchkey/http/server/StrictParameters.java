package io.latchkey.http.server;

import io.latchkey.http.json.UnknownNameMessage;
import io.latchkey.http.wire.LedgerParameters;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.TokenParameters;
import io.latchkey.http.wire.WaitParameter;
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
 * Rejects requests of Latchkey's own API with unknown or repeated query parameters: a misspelt {@code dry_run} must not
 * delete.
 *
 * <p>Does not apply to {@link Paths#VERIFY}, which {@code ForwardAuthHandler} answers before any filter, and to OAuth,
 * which ignores unknown parameters (RFC 6749, section 3.1).
 */
@ServerFilter(Paths.OWN + "/**")
final class StrictParameters {
    /** The parameters of a change. */
    private static final List<String> CHANGE = List.of(WaitParameter.NAME);

    /** The error response; null if the query is valid. */
    @RequestFilter
    @Nullable
    HttpResponse<?> check(HttpRequest<?> request) {
        String path = RequestPath.of(request);
        if (path.equals(Paths.INFLUX_HEALTH)
                || RouteAttributes.getRouteMatch(request).isEmpty()) {
            return null;
        }
        List<String> permitted = permitted(request, path);
        Set<String> seen = new HashSet<>();
        for (String name : PercentEncoding.names(RequestPath.queryOf(request))) {
            if (!permitted.contains(name)) {
                return ProblemResponse.of(
                        Problem.parameter(name, UnknownNameMessage.sentence("parameter", name, permitted)), request);
            }
            if (!seen.add(name) && !repeatable(path).contains(name)) {
                return ProblemResponse.of(
                        Problem.parameter(name, "the parameter " + name + " is given twice"), request);
            }
        }
        return null;
    }

    private static List<String> repeatable(String path) {
        return switch (path) {
            case Paths.LEDGER -> LedgerParameters.REPEATABLE;
            case Paths.OWN_TOKENS -> TokenParameters.REPEATABLE;
            default -> List.of();
        };
    }

    /** The query parameters of an endpoint. */
    private static List<String> permitted(HttpRequest<?> request, String path) {
        return switch (path) {
            case Paths.LEDGER -> LedgerParameters.NAMES;
            case Paths.OWN_TOKENS -> request.getMethod() == HttpMethod.GET ? TokenParameters.NAMES : CHANGE;
            case Paths.PURGE, Paths.APPLY, Paths.IMPORT, Paths.BURN -> CHANGE;
            default ->
                path.startsWith(Paths.OWN_TOKENS + "/") && request.getMethod() != HttpMethod.GET ? CHANGE : List.of();
        };
    }
}
