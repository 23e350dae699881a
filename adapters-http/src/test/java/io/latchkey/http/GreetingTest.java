package io.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ServerGreeting;
import io.latchkey.application.ServerTrust;
import io.latchkey.domain.Actor;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GreetingTest {
    @Test
    void the_holder_of_a_token_learns_the_version_and_anybody_the_time() {
        try (var server = new RunningServer()) {
            URI address = URI.create("http://127.0.0.1:" + server.port());
            TokenSecret secret = server.authority
                    .actingAs(new Actor.Owner())
                    .createOperator()
                    .secret();
            Optional<Instant> date = Optional.of(server.clock.instant().truncatedTo(ChronoUnit.SECONDS));
            assertThat(greet(address, Optional.of(secret)))
                    .isEqualTo(new ServerGreeting(Optional.of("Latchkey unknown"), date));
            assertThat(greet(address, Optional.empty())).isEqualTo(new ServerGreeting(Optional.empty(), date));
        }
    }

    @Test
    void an_influxdb_is_told_from_a_latchkey() throws IOException {
        try (var influx = new CannedServer(
                "HTTP/1.1 200 OK\r\nX-Influxdb-Version: 3.10.0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")) {
            assertThat(greet(influx.address(), Optional.empty()))
                    .isEqualTo(new ServerGreeting(Optional.of("InfluxDB 3.10.0"), Optional.empty()));
        }
    }

    @Test
    void whoever_knows_neither_is_no_authority() throws IOException {
        try (var web = CannedServer.answering(200, "text/html", "<h1>hello</h1>");
                var lost = CannedServer.answering(404, "text/html", "")) {
            for (URI address : new URI[] {web.address(), lost.address()}) {
                assertThatThrownBy(() -> greet(address, Optional.empty()))
                        .isInstanceOf(AuthorityUnavailable.class)
                        .hasMessageContaining("but not as a token authority does");
            }
        }
    }

    private static ServerGreeting greet(URI address, Optional<TokenSecret> secret) {
        return new HttpRemoteAuthorities().greet(address, ServerTrust.USUAL, secret);
    }
}
