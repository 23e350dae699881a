package io.latchkey.application;

import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** Connects to authorities on other servers. */
public interface RemoteAuthorities {
    /**
     * What the holder of a secret can ask of a remote authority; opens no connection yet.
     *
     * @param address {@code http} or {@code https} URL; a path in it precedes the paths of the API
     * @param trust used for {@code https} only
     * @param secret empty to send no credential, which is allowed only to create the first operator token
     * @throws AuthorityUnavailable if the certificate file of {@code trust} cannot be used
     */
    ActorAccess at(URI address, ServerTrust trust, Optional<TokenSecret> secret);

    /**
     * What the server at an address tells about itself.
     *
     * @throws AuthorityUnavailable if it cannot be reached, or is not a token authority
     */
    ServerDescription greet(URI address, ServerTrust trust, Optional<TokenSecret> secret);

    /**
     * A link that signs in to the web console of the server at an address, with a token.
     *
     * @throws TokenFailure.Unauthenticated if the token is not valid
     * @throws AuthorityUnavailable if the server cannot be reached, or has no console
     */
    ConsoleLink consoleLink(URI address, ServerTrust trust, Optional<TokenSecret> secret);

    /**
     * How a code of {@link OwnerCodes} becomes a link to the web console of the server at an address. The code is not sent
     * there.
     *
     * @throws AuthorityUnavailable if the server cannot be reached, or has no console
     */
    Function<String, URI> ownerLinks(URI address, ServerTrust trust);
}
