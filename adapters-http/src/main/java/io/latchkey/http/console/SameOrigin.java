package io.latchkey.http.console;

import io.latchkey.application.remote.LoopbackNames;
import io.latchkey.http.server.Connections;
import io.latchkey.http.server.ConsoleListener;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a request is for this console, and whether a page of this console sent it, as its browser says: no page can set or
 * remove these headers.
 *
 * <p>{@code Sec-Fetch-Site} comes first, because a form of a page with {@code Referrer-Policy: no-referrer} has {@code
 * Origin: null}. Browsers send it to HTTPS and to loopback addresses only. A request with neither is refused, so
 * plain HTTP from another machine cannot change anything.
 */
final class SameOrigin {
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final String HTTPS = "https://";
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");

    private final Optional<String> publicAuthority;
    private final boolean onlyPublic;

    /** @param publicUrl the URL of this server as clients see it; empty if unknown */
    SameOrigin(String publicUrl, ConsoleListener listener) {
        publicAuthority = publicUrl.startsWith(HTTPS)
                ? Optional.ofNullable(URI.create(publicUrl).getRawAuthority())
                : Optional.empty();
        onlyPublic = publicAuthority.isPresent() && !listener.isPresent();
    }

    /** Where a request is sent to. */
    enum Addressed {
        /** To this console, in a way that nobody between could read. */
        HERE,
        /** To this console in plain HTTP, or to a name that its owner made point here (DNS rebinding), which looks the same. */
        PLAINLY,
        /** To another host than that of the public URL. */
        ELSEWHERE
    }

    /**
     * Where a request is sent to: loopback names, the public URL if it is HTTPS, and without one every name over TLS, which
     * {@code Sec-Fetch-Site} shows if a proxy ends it.
     */
    Addressed addressed(HttpRequest<?> request) {
        HttpHeaders headers = request.getHeaders();
        List<String> hosts = headers.getAll(HttpHeaders.HOST);
        String host = hosts.size() == 1 ? hosts.getFirst() : "";
        if (isLoopback(host) || isPublic(host)) {
            return Addressed.HERE;
        }
        if (onlyPublic) {
            return Addressed.ELSEWHERE;
        }
        return Connections.isSecure(request) || headers.contains(FETCH_SITE) ? Addressed.HERE : Addressed.PLAINLY;
    }

    /** Whether a page of this console sent a request. Headers that contradict each other say no. */
    boolean sent(HttpRequest<?> request) {
        HttpHeaders headers = request.getHeaders();
        List<String> site = headers.getAll(FETCH_SITE);
        List<String> origin = headers.getAll(HttpHeaders.ORIGIN);
        List<String> host = headers.getAll(HttpHeaders.HOST);
        boolean isHere = origin.size() == 1
                && host.size() == 1
                && isAt(origin.getFirst(), host.getFirst(), Connections.isSecure(request));
        if (site.isEmpty()) {
            return isHere;
        }
        return site.equals(List.of("same-origin")) && (isHere || origin.isEmpty() || origin.equals(List.of("null")));
    }

    /** Without TLS here, a proxy may have ended it; plain HTTP is of this machine only. */
    private boolean isAt(String origin, String host, boolean secure) {
        return origin.equalsIgnoreCase(HTTPS + host)
                || (!secure && isLoopback(host) && origin.equalsIgnoreCase("http://" + host));
    }

    private boolean isPublic(String host) {
        return publicAuthority.filter(host::equalsIgnoreCase).isPresent();
    }

    private static boolean isLoopback(String host) {
        return LoopbackNames.isNamedBy(PORT.matcher(host).replaceFirst(""));
    }
}
