package io.latchkey.application;

import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.TokenSecret;
import java.net.URI;
import java.util.Optional;

/** Connects to authorities on other servers. */
public interface RemoteAuthorities {
    /**
     * The administration of a remote authority, on behalf of the holder of a secret; opens no connection yet.
     *
     * @param address {@code http} or {@code https} URL; a path in it precedes the paths of the API
     * @param trust used for {@code https} only
     * @param secret empty to send no credential, which is allowed only to create the first operator token
     * @throws AuthorityUnavailable if the certificate file of {@code trust} cannot be used
     */
    TokenAdministration at(URI address, ServerTrust trust, Optional<TokenSecret> secret);

    /**
     * What the server at an address tells about itself.
     *
     * @throws AuthorityUnavailable if it cannot be reached, or is not a token authority
     */
    ServerDescription greet(URI address, ServerTrust trust, Optional<TokenSecret> secret);
}
