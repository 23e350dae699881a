package io.latchkey.http;

import io.latchkey.application.RemoteAuthorities;
import io.latchkey.application.ServerTrust;
import io.latchkey.application.TokenAdministration;
import io.latchkey.domain.TokenSecret;
import java.net.URI;
import java.util.Optional;

/**
 * Authorities that are reached over HTTP: Latchkey's, and InfluxDB 3's as far as it can do the same.
 *
 * <p>Found by {@link java.util.ServiceLoader}, for no container is started only to ask.
 */
public final class HttpRemoteAuthorities implements RemoteAuthorities {
    /** For the loader. */
    public HttpRemoteAuthorities() {}

    @Override
    public TokenAdministration at(URI address, ServerTrust trust, Optional<TokenSecret> secret) {
        return new HttpAdministration(new Exchange(TrustedServers.of(trust), address, secret));
    }
}
