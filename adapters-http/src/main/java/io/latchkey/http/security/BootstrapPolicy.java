package io.latchkey.http.security;

import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;

/**
 * Who asks for the first operator token without a credential (contract A.1, row 4).
 *
 * <p>Trusted is only somebody who could as well make it on the database file.
 */
@Singleton
public final class BootstrapPolicy {
    private final TokenAuthority authority;
    private final PeerUser users;
    private final boolean remoteAllowed;

    BootstrapPolicy(
            TokenAuthority authority,
            PeerUser users,
            @Value("${latchkey.server.allow-remote-bootstrap:false}") boolean remoteAllowed) {
        this.authority = authority;
        this.users = users;
        this.remoteAllowed = remoteAllowed;
    }

    /** On whose behalf a request without a credential is made; it may have to read the system's table of sockets. */
    public Actor actor(HttpRequest<?> request) {
        RequestOrigin origin = RequestOrigin.of(request);
        boolean isTrusted = remoteAllowed
                ? !origin.isWebPage()
                // Once there is a token both are refused alike, and no stranger shall cause work.
                : authority.isEmpty() && origin.isOwner(users);
        return isTrusted ? new Actor.LocalBootstrap() : new Actor.RemoteBootstrap();
    }
}
