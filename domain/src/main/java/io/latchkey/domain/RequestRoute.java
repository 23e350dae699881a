package io.latchkey.domain;

import java.util.List;
import java.util.Optional;

/**
 * Method, host and path of a request to a guarded service, as its proxy hands them on. {@link Routes} are compared with it.
 *
 * <p>Only what two programs can hardly read in two ways becomes one: everything doubtful is empty, which no route allows.
 *
 * @param protocol whether the request stays HTTP
 * @param host lower case, without the port if it is 80 or 443
 * @param segments of the path, as {@link PathSegments} writes them
 */
public record RequestRoute(String method, Protocol protocol, String host, List<String> segments) {
    /** Whether a request asks for another protocol on its connection. */
    public enum Protocol {
        HTTP,
        /** For example a WebSocket, through which anything can be done, whatever the method is. */
        UPGRADE
    }

    /**
     * The route of a request.
     *
     * @param host the value of {@code Host}
     * @param target the request target in origin form (RFC 9112, section 3.2.1), not decoded; its query does not matter
     * @return empty if the target is in another form, has dot segments, empty segments, or encoded characters that delimit
     *     paths, or if the method or the host is malformed
     */
    public static Optional<RequestRoute> parse(String method, Protocol protocol, String host, String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return RouteMethods.isMethod(method)
                ? RouteHost.requested(host)
                        .flatMap(known -> PathSegments.of(path)
                                .map(segments -> new RequestRoute(method, protocol, known, segments)))
                : Optional.empty();
    }

    /** Parses {@code METHOD HOST/PATH}, as people write it; empty for anything else. */
    public static Optional<RequestRoute> parse(String text) {
        int space = text.indexOf(' ');
        int slash = text.indexOf('/', space + 1);
        return space < 0 || slash < 0
                ? Optional.empty()
                : parse(
                        text.substring(0, space),
                        Protocol.HTTP,
                        text.substring(space + 1, slash),
                        text.substring(slash));
    }
}
