package io.latchkey.http.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Health, readiness and ping, where a recorded exchange is not sufficient. */
final class HealthTest {
    private static String send(RunningServer server, String head, String body) {
        return RawConnection.exchange(
                server.port(),
                (head
                                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body)
                        .getBytes(UTF_8));
    }

    @Test
    void is_not_ready_while_it_cannot_give_verdicts() {
        try (var server = new RunningServer()) {
            server.breakDown();
            assertThat(send(server, "GET /readyz", ""))
                    .startsWith("HTTP/1.1 503 ")
                    .endsWith("\r\n\r\nunavailable");
            assertThat(send(server, "GET /livez", ""))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("\r\n\r\nok");
            server.repair();
            assertThat(send(server, "GET /readyz", "")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void every_ping_has_a_new_request_id_and_the_same_process_id() {
        try (var server = new RunningServer(Map.of("latchkey.server.disable-authz", "ping"))) {
            String first = send(server, "GET /ping", "");
            server.clock.advance(Duration.ofMillis(1));
            String second = send(server, "GET /ping", "");
            assertThat(header(first, "X-Request-Id")).isEqualTo(header(first, "Request-Id"));
            UUID firstId = UUID.fromString(header(first, "Request-Id"));
            UUID secondId = UUID.fromString(header(second, "Request-Id"));
            assertThat(firstId.version()).isEqualTo(7);
            assertThat(firstId.variant()).isEqualTo(2);
            assertThat(firstId.getMostSignificantBits() >>> 16)
                    .isEqualTo(server.clock.millis() - 1)
                    .isLessThan(secondId.getMostSignificantBits() >>> 16);
            assertThat(first.split("\r\n\r\n", 2)[1]).isEqualTo(second.split("\r\n\r\n", 2)[1]);
        }
    }

    @Test
    void the_body_limit_is_configurable() {
        String eleven = "{\"name\":\"ci\",\"description\":\"" + "x".repeat(11 << 20) + "\"}";
        assertThat(longest(Map.of(), eleven)).startsWith("HTTP/1.1 413 ").endsWith("(10485760 bytes) exceeded\"}");
        assertThat(longest(
                        Map.of(
                                "micronaut.server.max-request-size",
                                12 << 20,
                                "micronaut.server.max-request-buffer-size",
                                12 << 20),
                        eleven))
                .startsWith("HTTP/1.1 400 ")
                .contains("description must not be longer");
        assertThat(longest(Map.of("micronaut.server.max-request-size", 20), "{\"name\":\"01234567890\"}"))
                .startsWith("HTTP/1.1 413 ")
                .endsWith("(20 bytes) exceeded\"}");
    }

    private static String longest(Map<String, Object> settings, String body) {
        try (var server = new RunningServer(settings)) {
            String operator = server.operator();
            return send(
                    server, "POST /api/v1/tokens HTTP/1.1\r\nAuthorization: Bearer " + operator + "\r\nX-Rest:", body);
        }
    }

    private static String header(String answer, String name) {
        return answer.lines()
                .filter(line -> line.startsWith(name + ": "))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 2);
    }
}
