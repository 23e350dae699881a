package io.latchkey.http.forwardauth;

import io.latchkey.domain.RequestRoute;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Optional;

/**
 * Reads the guarded request from the headers {@code X-Forwarded-Method}, {@code X-Forwarded-Host} and {@code X-Forwarded-Uri}.
 *
 * <p>Their names are fixed, and a proxy says with the path that it sets them: some proxies append the query of the end user,
 * who could name other headers there.
 */
final class ForwardedRoute {
    private static final AsciiString METHOD = AsciiString.cached("X-Forwarded-Method");
    private static final AsciiString HOST = AsciiString.cached("X-Forwarded-Host");
    private static final AsciiString URI = AsciiString.cached("X-Forwarded-Uri");

    private ForwardedRoute() {}

    /** The request; empty if a header is missing, is there several times, or is malformed. */
    static Optional<RequestRoute> of(HttpHeaders headers) {
        Optional<String> method = single(headers, METHOD);
        Optional<String> host = single(headers, HOST);
        Optional<String> uri = single(headers, URI);
        return method.isPresent() && host.isPresent() && uri.isPresent()
                ? RequestRoute.parse(method.get(), protocol(headers), host.get(), uri.get())
                : Optional.empty();
    }

    private static RequestRoute.Protocol protocol(HttpHeaders headers) {
        return RequestAccess.wantsUpgrade(headers) ? RequestRoute.Protocol.UPGRADE : RequestRoute.Protocol.HTTP;
    }

    private static Optional<String> single(HttpHeaders headers, AsciiString name) {
        Iterator<String> values = headers.valueStringIterator(name);
        if (!values.hasNext()) {
            return Optional.empty();
        }
        String value = values.next();
        return values.hasNext() ? Optional.empty() : Optional.of(value);
    }
}
