package io.latchkey.http.server;

import io.micronaut.http.MutableHttpHeaders;
import java.util.List;
import java.util.Map;

/**
 * What a browser may do with a page of the console: load styles, scripts and images from this server, send forms to it,
 * and nothing else. No page of another origin may frame it, read it or learn where a link was followed.
 */
final class PagePolicy {
    /** No text becomes HTML or code: {@code trusted-types 'none'} allows no exception to that. */
    private static final String CONTENT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private static final List<Map.Entry<String, String>> HEADERS = List.of(
            Map.entry("Content-Security-Policy", CONTENT),
            Map.entry("Referrer-Policy", "no-referrer"),
            Map.entry("X-Content-Type-Options", "nosniff"),
            Map.entry("X-Frame-Options", "DENY"),
            Map.entry("Cross-Origin-Opener-Policy", "same-origin"),
            Map.entry("Cross-Origin-Resource-Policy", "same-origin"),
            Map.entry("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"));

    private PagePolicy() {}

    static void addTo(MutableHttpHeaders headers) {
        HEADERS.forEach(header -> headers.set(header.getKey(), header.getValue()));
    }
}
