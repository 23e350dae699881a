package io.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ServerDescription;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.Actor;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.client.HttpRemoteAuthorities;
import io.latchkey.http.wire.Problem;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GreetingTest {
    @Test
    void shows_the_version_with_a_token_and_the_time_without() {
        try (var server = new RunningServer()) {
            URI address = URI.create("http://127.0.0.1:" + server.port());
            TokenSecret secret = server.authority
                    .actingAs(new Actor.FileOwner())
                    .tokens()
                    .createOperator()
                    .secret();
            Optional<Instant> date = Optional.of(server.clock.instant().truncatedTo(ChronoUnit.SECONDS));
            assertThat(greet(address, Optional.of(secret)))
                    .isEqualTo(new ServerDescription(Optional.of("Latchkey unknown"), date));
            assertThat(greet(address, Optional.empty())).isEqualTo(new ServerDescription(Optional.empty(), date));
        }
    }

    @Test
    void distinguishes_influxdb_from_latchkey() throws IOException {
        try (var influx = new CannedServer(
                "HTTP/1.1 200 OK\r\nX-Influxdb-Version: 3.10.0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")) {
            assertThat(greet(influx.address(), Optional.empty()))
                    .isEqualTo(new ServerDescription(Optional.of("InfluxDB 3.10.0"), Optional.empty()));
        }
    }

    @Test
    void other_servers_are_not_an_authority() throws IOException {
        assertNoAuthority(
                "200 OK\r\n", "<h1>hello</h1>", "answered 200: the response is not that of a token authority");
        assertNoAuthority("404 Not Found\r\n", "", "answered 404: it has no such endpoint; check the address");
        assertNoAuthority(
                "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n",
                "<h1>Who?</h1>",
                "answered 401: it requires a credential other than a token");
        assertNoAuthority("503 Service Unavailable\r\n", "<h1>Busy</h1>", "answered 503: it is unavailable; try again");
        assertNoAuthority(
                "502 Bad Gateway\r\n", "", "answered 502: this is a proxy, and the server behind it does not respond");
    }

    private static void assertNoAuthority(String head, String page, String sentence) throws IOException {
        try (var server = new CannedServer("HTTP/1.1 " + head + "Content-Type: text/html\r\nContent-Length: "
                + page.length() + "\r\n\r\n" + page)) {
            assertThatThrownBy(() -> greet(server.address(), Optional.empty()))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessageContaining(sentence);
        }
    }

    @Test
    void recognizes_an_authority_that_is_unavailable() throws IOException {
        try (var blind = CannedServer.answering(
                503, "application/json", "{\"error\": \"" + Problem.UNAVAILABLE.sentence() + "\"}")) {
            assertThat(greet(blind.address(), Optional.empty()))
                    .isEqualTo(new ServerDescription(
                            Optional.empty(), Optional.empty(), ServerDescription.Condition.UNAVAILABLE));
        }
    }

    @Test
    void recognizes_an_influxdb_that_requires_a_token() throws IOException {
        try (var influx =
                CannedServer.answering(401, "application/json", "{\"error\": \"the request was not authenticated\"}")) {
            assertThat(greet(influx.address(), Optional.empty()))
                    .isEqualTo(new ServerDescription(Optional.empty(), Optional.empty()));
        }
    }

    private static ServerDescription greet(URI address, Optional<TokenSecret> secret) {
        return new HttpRemoteAuthorities().greet(address, ServerTrust.DEFAULT, secret);
    }
}
