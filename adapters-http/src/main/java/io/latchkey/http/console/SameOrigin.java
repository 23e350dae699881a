package io.latchkey.http.console;

import io.latchkey.application.remote.LoopbackNames;
import io.latchkey.http.server.Connections;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a page of this console sent a request, as its browser says: no other page can set or remove these headers.
 *
 * <p>{@code Sec-Fetch-Site} comes first, because a form of a page with {@code Referrer-Policy: no-referrer} has {@code
 * Origin: null}. Browsers send it to HTTPS and to loopback addresses only. A request with neither is refused, so
 * plain HTTP from another machine cannot change anything.
 */
final class SameOrigin {
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");

    private SameOrigin() {}

    static boolean sent(HttpRequest<?> request) {
        HttpHeaders headers = request.getHeaders();
        List<String> site = headers.getAll(FETCH_SITE);
        if (!site.isEmpty()) {
            return site.equals(List.of("same-origin"));
        }
        List<String> origin = headers.getAll(HttpHeaders.ORIGIN);
        List<String> host = headers.getAll(HttpHeaders.HOST);
        return origin.size() == 1
                && host.size() == 1
                && isAt(origin.getFirst(), host.getFirst(), Connections.isSecure(request));
    }

    /**
     * Whether a browser that asks for a page will say that a form is of that page: over HTTPS, which it shows by {@code
     * Sec-Fetch-Site} if a proxy ends TLS, and at loopback names.
     */
    static boolean willBeSent(HttpRequest<?> request) {
        HttpHeaders headers = request.getHeaders();
        String host = headers.getAll(HttpHeaders.HOST).stream().findFirst().orElse("");
        return Connections.isSecure(request)
                || headers.contains(FETCH_SITE)
                || LoopbackNames.isNamedBy(PORT.matcher(host).replaceFirst(""));
    }

    /** Without TLS here, a proxy may have ended it. */
    private static boolean isAt(String origin, String host, boolean secure) {
        return origin.equalsIgnoreCase("https://" + host) || (!secure && origin.equalsIgnoreCase("http://" + host));
    }
}
