package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.latchkey.application.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Behaviour of a running server: races, network, log, failures of the store, shutdown. */
final class ServerTest {
    private static final String BOOTSTRAP = request("POST", "/api/v3/configure/token/admin", "", "");

    private static String request(String method, String path, String secret, String body) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (secret.isEmpty() ? "" : "Authorization: Bearer " + secret + "\r\n")
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String send(RunningServer server, String request) {
        return RawConnection.exchange(server.port(), request.getBytes(UTF_8));
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    private static List<Integer> statuses(int times, Callable<String> act) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
            List<Future<String>> answers =
                    threads.invokeAll(Stream.generate(() -> act).limit(times).toList());
            return answers.stream()
                    .map(answer -> status(answer.resultNow()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void creates_the_first_token_for_one_of_many_requests() throws Exception {
        try (var server = new RunningServer()) {
            List<Integer> statuses = statuses(32, () -> send(server, BOOTSTRAP));
            assertThat(statuses.getFirst()).isEqualTo(201);
            assertThat(statuses.subList(1, 32)).containsOnly(409);
        }
    }

    @Test
    void accepts_one_of_many_edits_of_the_same_version() throws Exception {
        try (var server = new RunningServer()) {
            String operator = server.operator();
            send(server, request("POST", "/api/v1/tokens", operator, "{\"name\":\"ci\"}"));
            String edit = request("PATCH", "/api/v1/tokens/ci", operator, "{\"description\":\"x\"}")
                    .replace("Host: localhost", "Host: localhost\r\nIf-Match: \"1-1\"");
            List<Integer> statuses = statuses(8, () -> send(server, edit));
            assertThat(statuses.getFirst()).isEqualTo(200);
            assertThat(statuses.subList(1, 8)).containsOnly(412);
        }
    }

    @Test
    void creates_the_first_token_only_for_local_requests() throws IOException {
        Optional<InetAddress> address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(candidate -> !candidate.isLoopbackAddress() && !candidate.isLinkLocalAddress())
                .findFirst();
        Assumptions.assumeTrue(address.isPresent(), "this machine has no address but loopback");
        InetAddress outside = address.orElseThrow();
        byte[] bootstrap = BOOTSTRAP.getBytes(UTF_8);
        try (var server = new RunningServer(Map.of("micronaut.server.host", "0.0.0.0"))) {
            assertThat(RawConnection.exchange(outside, server.port(), bootstrap))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("--allow-remote-bootstrap");
        }
        try (var server = new RunningServer(
                Map.of("micronaut.server.host", "0.0.0.0", "latchkey.server.allow-remote-bootstrap", "true"))) {
            assertThat(RawConnection.exchange(outside, server.port(), bootstrap))
                    .startsWith("HTTP/1.1 201 ");
        }
    }

    @Test
    void responds_503_and_not_401_if_the_store_fails() {
        try (var server = new RunningServer()) {
            String operator = server.operator();
            server.store.breakDown();
            // Verdicts come from memory while that is fresh; writes fail at once.
            String write = send(server, request("POST", "/api/v1/tokens", operator, "{\"name\":\"ci\"}"));
            assertUnavailable(write);
            assertThat(write).contains("application/problem+json");
            String whoami = request("GET", "/api/v1/whoami", operator, "");
            server.breakDown();
            assertUnavailable(send(server, whoami));
            assertUnavailable(send(server, request("GET", "/api/v3/x", "apiv3_unknown", "")));
            assertUnavailable(
                    send(server, BOOTSTRAP.replace("Host: localhost", "Host: localhost\r\nAuthorization: Bearer x")));
            server.repair();
            assertThat(send(server, whoami)).startsWith("HTTP/1.1 200 ").contains("\"_admin\"");
        }
    }

    private static void assertUnavailable(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 503 ")
                .contains("Retry-After: 1")
                .contains("the token authority cannot answer now, try again")
                .doesNotContain("made to fail");
    }

    @Test
    void the_log_has_a_line_for_each_request_and_no_secret() {
        var appender = new ListAppender<ILoggingEvent>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.INFO);
        try (var server = new RunningServer()) {
            String secret = send(server, BOOTSTRAP).replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
            send(server, request("GET", "/api/v1/tokens", secret, ""));
            send(server, request("GET", "/api/v1/tokens/" + secret, secret, ""));
            send(server, request("GET", "/api/v3/x?p=" + secret, "x" + secret, ""));
            send(server, request("GET", "/api/v3/x", "", ""));
            send(server, request("POST", "/api/v1/tokens", secret, "{\"name\":\"" + secret + "\""));
            send(server, request("DELETE", "/api/v3/configure/token?token_name=" + secret, secret, ""));
            assertThat(secret).startsWith("apiv3_");
            assertThat(List.copyOf(appender.list))
                    .noneSatisfy(event -> assertThat(text(event)).contains(secret.substring(6)));
        } finally {
            root.setLevel(before);
            root.detachAppender(appender);
        }
        assertThat(appender.list.stream()
                        .filter(event -> event.getLoggerName().endsWith(".AccessLog"))
                        .map(event -> text(event).replaceAll("ms=\"\\d+\"", "ms")))
                .containsExactly(
                        "method=\"POST\" path=\"/api/v3/configure/token/admin\" status=\"201\" peer=\"127.0.0.1\" ms"
                                + " credential=\"missing\" answered",
                        "method=\"GET\" path=\"/api/v1/tokens\" status=\"200\" peer=\"127.0.0.1\" ms"
                                + " token_id=\"0\" token_name=\"_admin\" answered",
                        "method=\"GET\" path=\"/api/v1/tokens/apiv3_***\" status=\"404\" peer=\"127.0.0.1\" ms"
                                + " token_id=\"0\" token_name=\"_admin\" answered",
                        "method=\"GET\" path=\"/api/v3/x\" status=\"401\" peer=\"127.0.0.1\" ms"
                                + " credential=\"unknown\" answered",
                        "method=\"GET\" path=\"/api/v3/x\" status=\"401\" peer=\"127.0.0.1\" ms"
                                + " credential=\"missing\" answered",
                        "method=\"POST\" path=\"/api/v1/tokens\" status=\"400\" peer=\"127.0.0.1\" ms"
                                + " token_id=\"0\" token_name=\"_admin\" answered",
                        "method=\"DELETE\" path=\"/api/v3/configure/token\" status=\"404\" peer=\"127.0.0.1\" ms"
                                + " token_id=\"0\" token_name=\"_admin\" answered");
    }

    private static String text(ILoggingEvent event) {
        String pairs = event.getKeyValuePairs() == null
                ? ""
                : String.join(
                        " ",
                        event.getKeyValuePairs().stream().map(Object::toString).toList());
        return (pairs + " " + event.getFormattedMessage()).strip();
    }

    @Test
    void completes_requests_in_progress_before_it_stops() throws Exception {
        var server = new RunningServer();
        String operator = server.operator();
        String request = request("POST", "/api/v1/tokens", operator, "{\"name\":\"last\"}");
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
            int half = request.length() - 5;
            socket.getOutputStream().write(request.substring(0, half).getBytes(UTF_8));
            // After a later request is answered, the server has received the first half.
            send(server, request("GET", "/api/v1/whoami", operator, ""));
            Thread closing = Thread.ofPlatform().start(server::close);
            Eventually.get(() -> refusesConnections(server.port()), refuses -> refuses);
            socket.getOutputStream().write(request.substring(half).getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 201 ");
            assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    private static boolean refusesConnections(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }
}
