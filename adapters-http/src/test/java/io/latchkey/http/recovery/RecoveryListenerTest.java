package io.latchkey.http.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.Eventually;
import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.application.LogCounts;
import io.latchkey.application.ManualClock;
import io.latchkey.application.ManualTicker;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import io.latchkey.http.security.PeerUser;
import io.latchkey.http.server.LogRateLimit;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recovery of the operator token, which succeeds once. */
final class RecoveryListenerTest {
    private static final String REGENERATE = "POST /api/v3/configure/token/admin/regenerate";

    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TokenAuthority authority = new ManualTicker().authority(store, new ManualClock());
    private final RecoveryListener listener = listener(RecoveryEndpoint.Origins.LOCAL);

    private RecoveryListener listener(RecoveryEndpoint.Origins origins) {
        return listener(origins, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private RecoveryListener listener(RecoveryEndpoint.Origins origins, InetSocketAddress address) {
        return new RecoveryListener(
                new RecoveryEndpoint(
                        authority, origins, new PeerUser(), new ManualClock(), new LogRateLimit(new LogCounts())),
                address,
                Optional.empty());
    }

    @BeforeEach
    void start() {
        authority.start();
    }

    @AfterEach
    void close() {
        listener.close();
        authority.close();
    }

    private TokenSecret createOperator() {
        return authority
                .actingAs(new Actor.FileOwner())
                .tokens()
                .createOperator()
                .secret();
    }

    private String send(String request) {
        return send(listener, request, "");
    }

    private static String send(RecoveryListener listener, String request, String headers) {
        return RawConnection.exchange(
                listener.address().getPort(),
                (request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n").getBytes(UTF_8));
    }

    private void assertOpen() {
        assertThat(send("GET /")).startsWith("HTTP/1.1 404 ");
    }

    private static void assertCloses(RecoveryListener listener) {
        int port = listener.address().getPort();
        Eventually.get(
                () -> {
                    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return socket.isConnected();
                    } catch (IOException e) {
                        return false;
                    }
                },
                connected -> !connected);
    }

    @Test
    void regenerates_the_operator_token_once_and_closes() {
        TokenSecret lost = createOperator();
        String answer = send(REGENERATE);
        assertThat(answer)
                .startsWith("HTTP/1.1 201 Created\r\n")
                .containsIgnoringCase("\r\naccess-control-allow-origin: *\r\n")
                .containsIgnoringCase("\r\ncontent-type: application/json\r\n")
                .containsIgnoringCase("\r\ncache-control: no-store\r\n")
                .doesNotContainIgnoringCase("cluster-uuid")
                .contains("\r\n\r\n{\"id\":0,\"name\":\"_admin\",\"token\":\"apiv3_");
        String secret = answer.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
        assertThat(authority.authenticate(TokenSecret.presented(secret))).isInstanceOf(Verdict.Accepted.class);
        assertThat(authority.authenticate(lost)).isEqualTo(Verdict.Refused.RETIRED);
        // Only the first entry: the use of the lost secret may be recorded later.
        assertThat(store.tail(1).getFirst().event().actor()).isEqualTo(new Actor.Recovery());
        assertCloses(listener);
    }

    @Test
    void answers_one_path_and_one_method() {
        createOperator();
        for (String request : List.of(
                "GET /api/v3/configure/token/admin/regenerate",
                "OPTIONS /api/v3/configure/token/admin/regenerate",
                "HEAD /api/v3/configure/token/admin/regenerate",
                "POST /api/v3/configure/token/admin/regenerate/",
                "POST //api/v3/configure/token/admin/regenerate",
                "POST /api/v3/configure/token/admin/%72egenerate",
                "POST /api/v3/configure/token/admin",
                "GET /health",
                "POST /")) {
            assertThat(send(request))
                    .as(request)
                    .startsWith("HTTP/1.1 404 ")
                    .containsIgnoringCase("\r\naccess-control-allow-origin: *\r\n")
                    .doesNotContainIgnoringCase("cluster-uuid")
                    .endsWith(request.startsWith("HEAD") ? "\r\n\r\n" : "\r\n\r\nnot found");
        }
        assertThat(store.revision()).isEqualTo(1);
        assertOpen();
    }

    @Test
    void stays_open_while_there_is_nothing_to_recover() {
        assertThat(send(REGENERATE)).startsWith("HTTP/1.1 404 ").endsWith("\r\n\r\nmissing admin token, cannot update");
        createOperator();
        store.breakDown();
        assertThat(send(REGENERATE)).startsWith("HTTP/1.1 503 ").doesNotContain("made to fail");
        store.repair();
        assertThat(send(REGENERATE)).startsWith("HTTP/1.1 201 ");
    }

    @Test
    void rejects_web_pages_always_and_proxies_by_default() {
        createOperator();
        for (String header :
                List.of("Origin: http://127.0.0.1:8182", "X-Real-IP: 10.0.0.1", "Forwarded: for=x", "Referer: x")) {
            assertThat(send(listener, REGENERATE, header + "\r\n"))
                    .startsWith("HTTP/1.1 403 ")
                    .endsWith("send the request on the server's machine, as the server's user or root");
        }
        assertThat(send(listener, REGENERATE, "Host: example.org\r\n")).startsWith("HTTP/1.1 403 ");
        assertThat(store.revision()).isEqualTo(1);
        try (var remote = listener(RecoveryEndpoint.Origins.REMOTE)) {
            assertThat(send(remote, REGENERATE, "Origin: null\r\n")).startsWith("HTTP/1.1 403 ");
            assertThat(send(remote, REGENERATE, "X-Forwarded-For: 10.0.0.1\r\nAuthorization: garbage\r\n"))
                    .startsWith("HTTP/1.1 201 ");
            assertCloses(remote);
        }
    }

    @Test
    void a_body_is_read_and_ignored_unless_it_is_too_long() {
        createOperator();
        String body = "x".repeat(64 * 1024 + 1);
        assertThat(send(listener, REGENERATE, "Content-Length: " + body.length() + "\r\n\r\n" + body))
                .startsWith("HTTP/1.1 400 ")
                .endsWith("Failed to read request body");
        assertThat(send(listener, REGENERATE, "Content-Length: 2\r\n\r\n{}").split("\r\n", 2)[0])
                .isEqualTo("HTTP/1.1 201 Created");
    }

    @Test
    void answers_one_of_many_simultaneous_requests() throws Exception {
        createOperator();
        List<String> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            List<Future<String>> sent = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                sent.add(threads.submit(() -> {
                    try {
                        return send(REGENERATE);
                    } catch (AssertionError e) {
                        return "";
                    }
                }));
            }
            for (Future<String> one : sent) {
                try {
                    answers.add(one.get());
                } catch (java.util.concurrent.ExecutionException e) {
                    answers.add("");
                }
            }
        }
        assertThat(answers.stream().filter(answer -> answer.startsWith("HTTP/1.1 201 ")))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> !answer.isEmpty())).hasSize(1);
        assertThat(store.revision()).isEqualTo(2);
    }

    @Test
    void closes_open_connections_too() throws IOException {
        createOperator();
        try (var silent = connect("");
                var halfway = connect(REGENERATE + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{")) {
            assertThat(send(REGENERATE)).startsWith("HTTP/1.1 201 ");
            for (var open : List.of(silent, halfway)) {
                String rest;
                try {
                    open.getOutputStream().write("}".getBytes(UTF_8));
                    rest = new String(open.getInputStream().readAllBytes(), UTF_8);
                } catch (IOException e) {
                    rest = ""; // reset: the listener is closed
                }
                assertThat(rest).isEmpty();
            }
        }
        assertThat(store.revision()).isEqualTo(2);
    }

    @Test
    void answers_one_request_on_a_connection() {
        createOperator();
        String second = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        assertThat(RawConnection.exchange(listener.address().getPort(), (second + second).getBytes(UTF_8)))
                .containsOnlyOnce("HTTP/1.1 404 ")
                .contains("\r\nconnection: close\r\n");
    }

    @Test
    void rejects_input_that_is_not_http() {
        createOperator();
        for (String request : List.of("\u0001\u0002\r\n\r\n", REGENERATE + " HTTP/1.1\r\nbad\u0000name: x\r\n\r\n")) {
            assertThat(RawConnection.exchange(listener.address().getPort(), request.getBytes(UTF_8)))
                    .startsWith("HTTP/1.1 400 ");
        }
        assertOpen();
    }

    @Test
    void new_connections_replace_silent_and_slow_ones() throws IOException {
        createOperator();
        List<Socket> others = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) {
                others.add(
                        switch (i % 3) {
                            case 0 -> connect("");
                            case 1 -> connect("POST /api");
                            default -> connect(REGENERATE + " HTTP/1.1\r\nContent-Length: 9999\r\n\r\n{");
                        });
            }
            assertThat(others.getFirst().getInputStream().read()).isEqualTo(-1);
            assertThat(send(REGENERATE)).startsWith("HTTP/1.1 201 ");
        } finally {
            for (Socket other : others) {
                other.close();
            }
        }
    }

    @Test
    void closes_silent_and_slow_connections_after_two_minutes() {
        for (String said : List.of("", "POST /api", REGENERATE + " HTTP/1.1\r\nContent-Length: 9999\r\n\r\n{")) {
            var connection = new EmbeddedChannel(listener.pipeline());
            connection.freezeTime();
            connection.writeInbound(Unpooled.copiedBuffer(said, UTF_8));
            for (int i = 0; i < 151; i++) {
                connection.advanceTimeBy(1, TimeUnit.SECONDS);
                connection.runScheduledPendingTasks();
                assertThat(connection.isOpen() || i >= 119).isTrue();
            }
            assertThat(connection.isOpen()).as(said).isFalse();
        }
    }

    private Socket connect(String text) throws IOException {
        var socket =
                new Socket(InetAddress.getLoopbackAddress(), listener.address().getPort());
        socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
        socket.getOutputStream().write(text.getBytes(UTF_8));
        return socket;
    }

    @Test
    void reports_an_address_that_cannot_be_bound() {
        assertThatThrownBy(() -> listener(RecoveryEndpoint.Origins.LOCAL, listener.address()))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageContaining("cannot open the recovery listener");
    }

    @Test
    void is_started_only_if_configured() {
        try (var server =
                new RunningServer(Map.of("latchkey.recovery.host", "127.0.0.1", "latchkey.recovery.port", 0))) {
            server.authority.actingAs(new Actor.FileOwner()).tokens().createOperator();
            int port = server.bean(RecoveryServer.class).listener().address().getPort();
            String recovered = RawConnection.exchange(
                    port, (REGENERATE + " HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n").getBytes(UTF_8));
            String secret = recovered.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
            assertThat(RawConnection.exchange(
                            server.port(),
                            ("GET /health HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\nAuthorization: Bearer "
                                            + secret + "\r\n\r\n")
                                    .getBytes(UTF_8)))
                    .startsWith("HTTP/1.1 200 ");
        }
    }
}
