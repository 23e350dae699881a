package io.latchkey.http;

import io.latchkey.application.RemoteAuthorities;
import io.latchkey.application.TokenAdministration;
import io.latchkey.domain.TokenSecret;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;

/**
 * Authorities that are reached over HTTP: Latchkey's, and InfluxDB 3's as far as it can do the same.
 *
 * <p>HTTP/1.1 and nothing else: on a plain connection the client would ask for an upgrade with every request, which some
 * proxies refuse. Redirects are not followed: a secret goes where it was sent.
 */
@Singleton
final class HttpRemoteAuthorities implements RemoteAuthorities {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client;

    HttpRemoteAuthorities(TrustedServers servers) {
        client = servers.applyTo(HttpClient.newBuilder())
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    @Override
    public TokenAdministration at(URI address, Optional<TokenSecret> secret) {
        return new HttpAdministration(new Exchange(client, address, secret));
    }
}
