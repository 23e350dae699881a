package io.latchkey.http.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.application.InMemoryNodes;
import io.latchkey.application.node.Node;
import io.latchkey.application.notification.InMemoryDeliveryProgress;
import io.latchkey.application.notification.NotificationSender.Receipt;
import io.latchkey.application.notification.Webhook;
import io.latchkey.application.notification.WebhookSecret;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenName;
import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Metrics for Prometheus. */
final class MetricsTest {
    private static final Map<String, Object> OPEN =
            Map.of("latchkey.server.disable-authz", "metrics", "latchkey.version", "0.0.0");

    private static String send(RunningServer server, String path, String secret) {
        return RawConnection.exchange(
                server.port(),
                ("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                + (secret.isEmpty() ? "" : "Authorization: Bearer " + secret + "\r\n") + "\r\n")
                        .getBytes(UTF_8));
    }

    private static String create(RunningServer server, String name, Lifetime lifetime) {
        return server.authority
                .actingAs(new Actor.FileOwner())
                .tokens()
                .createNamed(new TokenName(name), lifetime, Description.NONE)
                .secret()
                .reveal();
    }

    /** A thread counts expired tokens every few milliseconds. */
    private static void awaitLine(RunningServer server, String line) {
        Eventually.until(() -> send(server, "/metrics", "").lines().anyMatch(line::equals));
    }

    @Test
    void a_server_on_a_shared_database_counts_its_nodes_and_what_it_has_yet_to_apply() {
        try (var server = new RunningServer(OPEN)) {
            assertThat(send(server, "/metrics", "")).doesNotContain("latchkey_nodes", "latchkey_lease_age");
        }
        InMemoryNodes nodes = new InMemoryNodes();
        nodes.add(node(Node.State.LIVE));
        nodes.add(node(Node.State.LIVE));
        nodes.add(node(Node.State.UNSEEN));
        try (var server = new RunningServer(OPEN, nodes)) {
            create(server, "ci", Lifetime.UNLIMITED);
            assertThat(send(server, "/metrics", ""))
                    .contains(
                            "latchkey_nodes{state=\"live\"} 2.0\n",
                            "latchkey_nodes{state=\"unseen\"} 1.0\n",
                            "latchkey_ledger_head 1.0\n",
                            "latchkey_ledger_lag 0.0\n",
                            "latchkey_lease_age_seconds 0.0\n");
        }
    }

    private static Node node(Node.State state) {
        return new Node(new UUID(0, 1), "one 17", "1.0", Instant.EPOCH, Instant.EPOCH, 0, 0, state);
    }

    @Test
    void counts_tokens_verdicts_and_requests() {
        try (var server = new RunningServer(OPEN)) {
            String ci = create(server, "ci", new Lifetime.Span(Duration.ofSeconds(90)));
            create(server, "late", new Lifetime.Span(Duration.ofDays(1)));
            send(server, "/api/v1/verify", ci);
            send(server, "/api/v1/verify", ci);
            send(server, "/api/v1/verify", "apiv3_unknown");
            send(server, "/health", ci);
            send(server, "/no/such/path", ci);
            send(server, "/no/such/path", "");
            server.clock.advance(Duration.ofMillis(89_500));
            String answer = send(server, "/metrics", "");
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n")
                    .endsWith("\n# EOF\n");
            assertThat(answer.lines())
                    .contains(
                            "latchkey_build_info{version=\"0.0.0\"} 1",
                            "latchkey_ready 1.0",
                            "latchkey_ledger_entries 2.0",
                            "latchkey_ledger_intact NaN",
                            "latchkey_tokens{state=\"active\"} 2.0",
                            "latchkey_tokens{state=\"pending\"} 0.0",
                            "latchkey_tokens{state=\"expired\"} 0.0",
                            "latchkey_verdicts_total{verdict=\"accepted\"} 4.0",
                            "latchkey_verdicts_total{verdict=\"unknown\"} 1.0",
                            "latchkey_background_failures_total{work=\"ledger_watch\"} 0.0",
                            "latchkey_requests_total{status=\"200\"} 1.0",
                            "latchkey_requests_total{status=\"204\"} 2.0",
                            "latchkey_requests_total{status=\"401\"} 2.0",
                            "latchkey_requests_total{status=\"404\"} 1.0",
                            "latchkey_tokens_next_expiry_seconds 0.5")
                    .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                    .anyMatch(line -> line.matches("process_cpu_seconds_total [0-9.]+"))
                    .noneMatch(line -> line.contains("\"ci\"") || line.contains("apiv3_"));
            server.clock.advance(Duration.ofSeconds(1));
            send(server, "/health", ci);
            awaitLine(server, "latchkey_tokens{state=\"expired\"} 1.0");
            assertThat(send(server, "/metrics", "").lines())
                    .contains(
                            "latchkey_verdicts_total{verdict=\"expired\"} 1.0",
                            "latchkey_requests_total{status=\"401\"} 3.0",
                            "latchkey_tokens_next_expiry_seconds 86309.5");
        }
    }

    /** Java reports pauses on a thread of its own, where a missing class would not be noticed. */
    @Test
    void measures_the_pauses_of_garbage_collection() {
        try (var server = new RunningServer(OPEN)) {
            send(server, "/metrics", "");
            System.gc();
            assertThat(Eventually.get(
                                    () -> send(server, "/metrics", ""),
                                    metrics -> metrics.contains("jvm_gc_pause_seconds_max"))
                            .lines())
                    .anyMatch(line -> line.matches("jvm_gc_pause_seconds_count\\{.*} [1-9][0-9]*"));
        }
    }

    @Test
    void contains_token_names_only_if_configured() {
        var settings = new HashMap<>(OPEN);
        settings.put("latchkey.server.metrics-token-names", true);
        try (var server = new RunningServer(settings)) {
            create(server, "say \"hi\"", new Lifetime.Span(Duration.ofMinutes(1)));
            create(server, "for ever", Lifetime.UNLIMITED);
            assertThat(send(server, "/metrics", "").lines().filter(line -> line.startsWith("latchkey_token_expiry")))
                    .containsExactly("latchkey_token_expiry_seconds{name=\"say \\\"hi\\\"\"} 60.0");
            server.clock.advance(Duration.ofSeconds(62));
            awaitLine(server, "latchkey_tokens{state=\"expired\"} 1.0");
            assertThat(send(server, "/metrics", "").lines())
                    .contains("latchkey_token_expiry_seconds{name=\"say \\\"hi\\\"\"} -2.0")
                    .noneMatch(line -> line.startsWith("latchkey_tokens_next_expiry_seconds"));
            server.authority
                    .actingAs(new Actor.FileOwner())
                    .tokens()
                    .revoke(new TokenName("say \"hi\""), Precondition.NONE);
            assertThat(send(server, "/metrics", "")).doesNotContain("latchkey_token_expiry_seconds{");
        }
    }

    @Test
    void counts_deliveries_to_the_webhook() {
        try (var server = new RunningServer(OPEN)) {
            assertThat(send(server, "/metrics", "")).doesNotContain("latchkey_notices");
        }
        try (var server = new RunningServer(OPEN)) {
            create(server, "ci", new Lifetime.Span(Duration.ofDays(1)));
            server.clock.advance(Duration.ofHours(13)); // into the second half of its lifetime
            server.authority.sendNotifications(
                    new Webhook(
                            URI.create("http://receiver.test"),
                            WebhookSecret.parse("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                            Duration.ofDays(14),
                            ServerTrust.DEFAULT,
                            Optional.empty()),
                    (_, _) -> new Receipt.Accepted(),
                    new InMemoryDeliveryProgress(server.store));
            String taken = "latchkey_notices_total{outcome=\"delivered\"} 1.0";
            assertThat(Eventually.get(() -> send(server, "/metrics", ""), metrics -> metrics.contains(taken))
                            .lines())
                    .contains(
                            "latchkey_notices_total{outcome=\"failed\"} 0.0",
                            "latchkey_notices_total{outcome=\"dropped\"} 0.0",
                            "latchkey_notices_total{outcome=\"ended\"} 0.0");
        }
    }

    @Test
    void passes_the_check_of_promtool() throws Exception {
        Optional<Path> promtool = promtool();
        Assumptions.assumeTrue(promtool.isPresent() || "true".equals(System.getenv("CI")), "promtool is not installed");
        var settings = new HashMap<>(OPEN);
        settings.put("latchkey.server.metrics-token-names", true);
        try (var server = new RunningServer(settings)) {
            create(server, "ci", new Lifetime.Span(Duration.ofDays(1)));
            send(server, "/health", "");
            String metrics = send(server, "/metrics", "").split("\r\n\r\n", 2)[1];
            Process process = new ProcessBuilder(promtool.orElseThrow().toString(), "check", "metrics")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().write(metrics.getBytes(UTF_8));
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(said).isEmpty();
            assertThat(process.waitFor()).isZero();
        }
    }

    private static Optional<Path> promtool() throws IOException {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
