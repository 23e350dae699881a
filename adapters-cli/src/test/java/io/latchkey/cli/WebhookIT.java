package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.latchkey.application.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that tells somebody what happens to its tokens, whoever does it. */
class WebhookIT {
    private static final byte[] KEY =
            "a key of 32 bytes, and once more".repeat(2).getBytes(UTF_8);
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
    private static final Pattern TOLD = Pattern.compile("\"type\":\"([^\"]+)\".*\"name\":\"([^\"]+)\"");

    @TempDir
    Path home;

    @TempDir
    Path secrets;

    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger status = new AtomicInteger(204);
    private HttpServer receiver;
    private ChildProcess latchkey;
    private Path secret;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", this::receive);
        receiver.start();
        latchkey = new ChildProcess(home);
        secret = Files.writeString(secrets.resolve("webhook.secret"), SECRET + "\n");
    }

    @AfterEach
    void close() {
        receiver.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (status.get() == 204) {
            var notice = TOLD.matcher(body);
            boolean genuine = notice.find()
                    && exchange.getRequestHeaders()
                            .getFirst("webhook-signature")
                            .equals("v1," + signature(exchange, body));
            told.add(genuine ? notice.group(1) + " " + notice.group(2) : "forged: " + body);
        }
        exchange.sendResponseHeaders(status.get(), -1);
        exchange.close();
    }

    private static String signature(HttpExchange exchange, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            String signed = exchange.getRequestHeaders().getFirst("webhook-id") + "."
                    + exchange.getRequestHeaders().getFirst("webhook-timestamp") + "." + body;
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private ChildProcess.Server serve() throws IOException {
        return latchkey.serve(
                "--webhook",
                "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook",
                "--webhook-secret",
                "@" + secret);
    }

    /** Ends a server as a person would. */
    private static void end(ChildProcess.Server server) {
        server.process().destroy();
        assertThat(server.process().onExit().join().exitValue()).isZero();
    }

    private void run(String... args) throws Exception {
        ChildProcess.Result result = latchkey.run(args);
        assertThat(result.code()).as(result.err()).isZero();
    }

    private void awaitTold(String... notices) {
        Eventually.until(() -> told.size() >= notices.length);
        assertThat(told).containsExactly(notices);
    }

    @Test
    void tells_what_other_processes_do_and_after_a_restart_only_what_is_new() throws Exception {
        run("create", "token", "--admin", "--name", "before");
        run("rotate", "token", "--token-name", "before", "--yes");
        // So old that its last days have begun.
        Path old = Files.writeString(home.resolve("old.jsonl"), """
                {"name":"ci","hash":"%s","created_at":"2020-01-01T00:00:00Z","expiry":"%s"}
                """.formatted(
                        "0f".repeat(64), Instant.now().plus(Duration.ofDays(10))));
        run("import", "tokens", "--from", old.toString());
        try (var server = serve()) {
            awaitTold("token.expiring ci");
            run("rotate", "token", "--token-name", "ci", "--grace", "1h");
            awaitTold("token.expiring ci", "token.rotated ci");
            end(server);
        }
        run("delete", "token", "--token-name", "before", "--yes");
        run("create", "token", "--admin", "--name", "brief", "--expiry", "1s");
        told.clear();
        // It looks for ends when it starts; for those of tokens that are created later, some seconds after that.
        try (var server = serve()) {
            Eventually.until(() -> told.contains("token.expired brief"));
            told.remove("token.expiring brief"); // if it was seen to live
            assertThat(told).containsExactly("token.revoked before", "token.created brief", "token.expired brief");
            end(server);
        }
        Secrets.assertNowhereIn(home, List.of(SECRET));
    }

    @Test
    void tells_again_what_was_not_taken() throws Exception {
        run("create", "token", "--admin", "--name", "ci");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        status.set(500);
        Path log = home.resolve("server.log");
        try (var server = serve()) {
            run("delete", "token", "--token-name", "ci", "--yes");
            Eventually.until(() -> Transcript.read(log).contains("it answered 500"));
            status.set(204);
            awaitTold("token.revoked ci");
            Eventually.until(() -> Transcript.read(log).contains("accepts notices again"));
            end(server);
        }
        assertThat(Transcript.read(log).lines().filter(line -> line.contains("webhook")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("WARN", "other users can read", "chmod 600 " + secret),
                        line -> assertThat(line).contains("WARN", "the webhook did not accept a notice"),
                        line -> assertThat(line).contains("INFO", "the webhook accepts notices again"));
    }
}
