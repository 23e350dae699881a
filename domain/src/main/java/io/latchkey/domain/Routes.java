package io.latchkey.domain;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The requests for which a token is accepted. A token with routes is accepted only where a proxy says which request it asks
 * about: so never by Latchkey's own API.
 *
 * @param all at most {@value #MOST}, sorted, and none that another contains; empty for all requests, also unknown ones
 */
public record Routes(List<Route> all) {
    /** The most routes of a token. */
    public static final int MOST = 16;

    /** All requests, also unknown ones. */
    public static final Routes ANY = new Routes(List.of());

    /** Brings the routes into their one form; {@link TokenFailure.Invalid} if they are too many. */
    public Routes {
        if (all.size() > MOST) {
            throw Route.invalid("a token must not have more than " + MOST + " routes");
        }
        List<Route> given = all.stream().distinct().toList();
        all = given.stream()
                .filter(route -> given.stream().noneMatch(other -> !other.equals(route) && other.contains(route)))
                .sorted(Comparator.comparing(Route::text))
                .toList();
    }

    /**
     * Parses routes.
     *
     * @throws TokenFailure.Invalid if one is none, or if they are too many
     */
    public static Routes parse(List<String> texts) {
        return texts.isEmpty()
                ? ANY
                : new Routes(texts.stream().map(Route::parse).toList());
    }

    /** Whether there are no limits. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Each route in its one form. */
    public List<String> texts() {
        return all.stream().map(Route::text).toList();
    }

    /**
     * Whether a request is allowed.
     *
     * @param request empty if it is unknown
     */
    public boolean allow(Optional<RequestRoute> request) {
        return all.isEmpty()
                || request.filter(known -> all.stream().anyMatch(route -> route.allows(known)))
                        .isPresent();
    }
}
