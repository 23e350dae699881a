package io.latchkey.http.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import io.micronaut.http.server.HttpServerConfiguration;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose clock says a year beyond 9999. */
final class ClockOutOfRangeTest {
    private static final Duration FAR = Duration.ofDays(8_100 * 366L);

    private RunningServer server;
    private String operator;

    @BeforeEach
    void start() {
        server = new RunningServer();
        operator = server.operator();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String get(String target) {
        return RawConnection.exchange(
                server.port(),
                ("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + operator
                                + "\r\n\r\n")
                        .getBytes(US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/whoami", "/api/v1/tokens", "/api/v1/ledger", "/metrics", "/health", "/"})
    void answers_503_and_names_the_clock_until_it_is_corrected(String target) {
        server.clock.advance(FAR);
        assertThat(get(target))
                .startsWith("HTTP/1.1 503 ")
                .contains("the server's clock says a year after 9999: correct the clock")
                .containsIgnoringCase("date: Fri, 31 Dec 9999 23:59:59 GMT\r\n");
        server.clock.advance(FAR.negated());
        assertThat(get(target)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void is_alive() {
        server.clock.advance(FAR);
        assertThat(get("/livez")).startsWith("HTTP/1.1 200 ");
    }

    /** Micronaut fails to print the year. */
    @Test
    void gets_no_date_from_the_framework() {
        assertThat(server.bean(HttpServerConfiguration.class).isDateHeader()).isFalse();
    }
}
