package io.latchkey.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A console with an address of its own, or none. */
final class ConsoleListenerTest {
    private static String get(int port, String path) {
        return RawConnection.exchange(
                port, ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void is_served_at_its_own_address_only_and_nothing_else_there() throws IOException {
        int main = freePort();
        int own = freePort();
        try (var server = new RunningServer(Map.of(
                "latchkey.console.host",
                "127.0.0.1",
                "latchkey.console.port",
                own,
                "micronaut.server.netty.listeners.main.host",
                "127.0.0.1",
                "micronaut.server.netty.listeners.main.port",
                main,
                "micronaut.server.netty.listeners.more.host",
                "127.0.0.1",
                "micronaut.server.netty.listeners.more.port",
                own))) {
            assertThat(server.port()).isIn(main, own);
            assertThat(get(own, "/console/sign-in")).startsWith("HTTP/1.1 200 ").contains("Content-Security-Policy:");
            assertThat(get(main, "/console/sign-in")).startsWith("HTTP/1.1 404 ");
            assertThat(get(main, "/readyz")).startsWith("HTTP/1.1 200 ");
            assertThat(get(main, "/")).doesNotContain("console/");
            assertThat(get(own, "/")).startsWith("HTTP/1.1 303 ").containsIgnoringCase("Location: /console/\r\n");
            for (String path : List.of("/readyz", "/docs", "/api/v1/verify", "/api/v1/tokens", "/oauth2/introspect")) {
                assertThat(get(own, path)).as(path).startsWith("HTTP/1.1 404 ");
            }
        }
    }

    @Test
    void can_be_switched_off() {
        try (var server = new RunningServer(Map.of("latchkey.console.enabled", false))) {
            assertThat(get(server.port(), "/console/sign-in")).startsWith("HTTP/1.1 404 ");
            assertThat(get(server.port(), "/")).startsWith("HTTP/1.1 200 ").doesNotContain("console/");
        }
        try (var server = new RunningServer(Map.of())) {
            assertThat(get(server.port(), "/")).contains("<a href=\"console/\">");
        }
    }
}
