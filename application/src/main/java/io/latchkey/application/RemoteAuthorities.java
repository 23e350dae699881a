package io.latchkey.application;

import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.TokenSecret;
import java.net.URI;
import java.util.Optional;

/** Authorities elsewhere. */
public interface RemoteAuthorities {
    /**
     * The administration of the authority at an address, on behalf of the holder of a secret.
     *
     * @param address {@code http} or {@code https}, with or without a path before the API's own
     * @param trust matters for {@code https} only
     * @param secret empty to act without a credential, which only the first operator token allows
     */
    TokenAdministration at(URI address, ServerTrust trust, Optional<TokenSecret> secret);

    /**
     * What the server at an address says of itself.
     *
     * @throws AuthorityUnavailable if it cannot be reached, or does not answer as a token authority does
     */
    ServerDescription greet(URI address, ServerTrust trust, Optional<TokenSecret> secret);
}
