package io.latchkey.http;

import io.latchkey.application.RemoteAuthorities;
import io.latchkey.application.ServerGreeting;
import io.latchkey.application.ServerTrust;
import io.latchkey.application.TokenAdministration;
import io.latchkey.domain.TokenSecret;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Authorities that are reached over HTTP: Latchkey's, and InfluxDB 3's as far as it can do the same.
 *
 * <p>Found by {@link java.util.ServiceLoader}, for no container is started only to ask.
 */
public final class HttpRemoteAuthorities implements RemoteAuthorities {
    private static final String STRANGER = "but not as a token authority does";

    /** For the loader. */
    public HttpRemoteAuthorities() {}

    @Override
    public TokenAdministration at(URI address, ServerTrust trust, Optional<TokenSecret> secret) {
        return new HttpAdministration(exchange(address, trust, secret));
    }

    @Override
    public ServerGreeting greet(URI address, ServerTrust trust, Optional<TokenSecret> secret) {
        Exchange exchange = exchange(address, trust, secret);
        Answer answer = exchange.send("GET", Paths.PING);
        Optional<Instant> date = answer.header("Date").flatMap(HttpRemoteAuthorities::date);
        return switch (answer.status()) {
            case 200 ->
                new ServerGreeting(
                        Optional.of(product(answer).orElseThrow(() -> exchange.unexpected(answer, STRANGER))), date);
            case 401 -> new ServerGreeting(Optional.empty(), date);
            default -> throw exchange.unexpected(answer, STRANGER);
        };
    }

    private static Optional<String> product(Answer answer) {
        return answer.header(SharedNames.LATCHKEY_VERSION)
                .map(version -> "Latchkey " + version)
                .or(() -> answer.header(SharedNames.INFLUXDB_VERSION).map(version -> "InfluxDB " + version));
    }

    private static Optional<Instant> date(String header) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Exchange exchange(URI address, ServerTrust trust, Optional<TokenSecret> secret) {
        return new Exchange(TrustedServers.of(trust), address, secret);
    }
}
