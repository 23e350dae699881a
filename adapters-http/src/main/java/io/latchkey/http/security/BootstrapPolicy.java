package io.latchkey.http.security;

import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;

/**
 * Decides who may create the first operator token without a credential (contract A.1, row 4): only a caller who could
 * also create it in the database file.
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

    /** The actor of a request without a credential. May read the system's table of sockets, so not on an event loop. */
    public Actor actor(HttpRequest<?> request) {
        RequestOrigin origin = RequestOrigin.of(request);
        boolean isTrusted = remoteAllowed
                ? !origin.isWebPage()
                // With a token, both are refused anyway, and reading the table is avoided.
                : authority.isEmpty() && origin.isOwner(users);
        return isTrusted ? new Actor.LocalBootstrap() : new Actor.RemoteBootstrap();
    }
}
