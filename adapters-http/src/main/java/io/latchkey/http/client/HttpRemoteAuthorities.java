package io.latchkey.http.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.ConsoleLink;
import io.latchkey.application.RemoteAuthorities;
import io.latchkey.application.ServerDescription;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.wire.ConsoleLinkJson;
import io.latchkey.http.wire.HeaderNames;
import io.latchkey.http.wire.HttpDate;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.Problem;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Remote authorities over HTTP: Latchkey, and InfluxDB 3 where it has the same functions.
 *
 * <p>Found by {@link java.util.ServiceLoader}, since commands start no container.
 */
public final class HttpRemoteAuthorities implements RemoteAuthorities {
    /** For {@link java.util.ServiceLoader}. */
    public HttpRemoteAuthorities() {}

    @Override
    public ActorAccess at(URI address, ServerTrust trust, Optional<TokenSecret> secret) {
        return new HttpAccess(exchange(address, trust, secret));
    }

    @Override
    public ServerDescription greet(URI address, ServerTrust trust, Optional<TokenSecret> secret) {
        ApiClient exchange = exchange(address, trust, secret);
        RawResponse answer = exchange.send("GET", Paths.PING);
        Optional<Instant> date = answer.header("Date").flatMap(HttpDate::parse);
        return switch (answer.status()) {
            case 200 ->
                new ServerDescription(
                        Optional.of(product(answer)
                                .orElseThrow(() -> exchange.unexpected(answer, ReplyReader.NOT_AN_AUTHORITY))),
                        date);
            case 401 -> {
                if (!wantsToken(answer)) {
                    throw exchange.unexpected(answer, "it requires a credential other than a token; check the address");
                }
                yield new ServerDescription(Optional.empty(), date);
            }
            default -> {
                if (!says(answer, Problem.UNAVAILABLE.sentence())) {
                    throw exchange.unexpected(new RemoteProblem(answer, TokenName.OPERATOR, TokenName.OPERATOR));
                }
                yield new ServerDescription(product(answer), date, ServerDescription.Condition.UNAVAILABLE);
            }
        };
    }

    @Override
    public ConsoleLink consoleLink(URI address, ServerTrust trust, Optional<TokenSecret> secret) {
        ApiClient client = exchange(address, trust, secret);
        RawResponse answer = client.send("POST", Paths.CONSOLE_LINK);
        if (answer.status() == 404) {
            throw client.unexpected(answer, "the server has no web console, or is older than this command");
        }
        return new ReplyReader(client).read(answer, TokenName.OPERATOR, body -> ConsoleLinkJson.read(body, address));
    }

    @Override
    public Function<String, URI> ownerLinks(URI address, ServerTrust trust) {
        ApiClient client = exchange(address, trust, Optional.empty());
        RawResponse answer = client.send("GET", Paths.CONSOLE_SIGN_IN);
        if (answer.status() != 200 || !says(answer, Paths.CONSOLE_SIGN_IN)) {
            throw client.unexpected(
                    answer, "there is no web console: it is switched off, has another address, or is older");
        }
        String base = address.toString().replaceFirst("/$", "") + Paths.CONSOLE_SIGN_IN;
        return code -> URI.create(base + "?" + Paths.OWNER_CODE + "=" + code);
    }

    /** Whether a 401 is from Latchkey, or from InfluxDB 3, which sends no {@code WWW-Authenticate}. */
    private static boolean wantsToken(RawResponse answer) {
        return answer.header("WWW-Authenticate").orElse("").startsWith("Bearer")
                || says(answer, new TokenFailure.Unauthenticated().sentence());
    }

    private static boolean says(RawResponse answer, String sentence) {
        return new String(answer.body(), UTF_8).contains(sentence);
    }

    private static Optional<String> product(RawResponse answer) {
        return answer.header(HeaderNames.LATCHKEY_VERSION)
                .map(version -> "Latchkey " + version)
                .or(() -> answer.header(HeaderNames.INFLUXDB_VERSION).map(version -> "InfluxDB " + version));
    }

    private static ApiClient exchange(URI address, ServerTrust trust, Optional<TokenSecret> secret) {
        return new ApiClient(ServerTrustContext.of(trust), address, secret);
    }
}
