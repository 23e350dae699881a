package io.latchkey.http;

import io.latchkey.domain.Actor;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * Who asks for the first operator token without a credential (contract A.1, row 4).
 *
 * <p>Trusted is only a program on this machine. A header that a proxy adds shows that the peer is not the one who asks.
 * An {@code Origin} shows a browser: any web page that somebody on this machine looks at could otherwise send this
 * request, which needs no preflight, and read the answer, which allows every origin.
 */
@Singleton
final class Bootstrap {
    private final boolean remoteAllowed;

    Bootstrap(@Value("${latchkey.server.allow-remote-bootstrap:false}") boolean remoteAllowed) {
        this.remoteAllowed = remoteAllowed;
    }

    /** On whose behalf a request without a credential is made. */
    Actor actor(HttpRequest<?> request) {
        return remoteAllowed || isLocal(request.getRemoteAddress(), request.getHeaders())
                ? new Actor.Bootstrap()
                : new Actor.Stranger();
    }

    static boolean isLocal(InetSocketAddress peer, HttpHeaders headers) {
        InetAddress address = peer.getAddress();
        return address != null
                && address.isLoopbackAddress()
                && headers.names().stream().noneMatch(Bootstrap::tellsOfSomebodyElse);
    }

    /** Whether a header shows that the peer is not the one who asks. */
    static boolean tellsOfSomebodyElse(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "origin", "forwarded", "via", "x-real-ip" -> true;
            default -> name.startsWith("x-forwarded-");
        };
    }
}
