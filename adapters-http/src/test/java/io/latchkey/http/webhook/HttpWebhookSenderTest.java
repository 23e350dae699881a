package io.latchkey.http.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.CertificateMint;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.notification.Notification;
import io.latchkey.application.notification.NotificationSender.Receipt;
import io.latchkey.application.notification.Webhook;
import io.latchkey.application.notification.WebhookSecret;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.SecretDigests;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenVersion;
import io.latchkey.http.ApiDescription;
import io.latchkey.http.CannedServer;
import io.latchkey.http.RunningServer;
import io.latchkey.http.TlsTest;
import io.latchkey.http.TunnelProxy;
import io.latchkey.http.tls.TlsIdentity;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhook requests, and which responses count as delivered. */
final class HttpWebhookSenderTest {
    private static final WebhookSecret SECRET =
            WebhookSecret.parse("whsec_YSBrZXkgb2YgdGhpcnR5LXR3byBieXRlcywgaW5kZWU=");
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:05.999Z");
    private static final TokenDigest DIGEST =
            TokenSecret.presented("not to be seen").digest();
    private static final Token TOKEN = new Token(
            new TokenVersion(new TokenId(1), 2),
            new TokenName("ci"),
            new SecretDigests(DIGEST, 2, List.of(), Optional.empty()),
            Description.NONE,
            Expiry.at(Instant.parse("2026-03-16T00:00:00Z")),
            AT,
            Optional.empty(),
            Optional.of(new Token.LastChange(AT, Optional.empty())),
            Optional.empty());
    private static final LedgerRecord CHANGE = new LedgerRecord(
            17,
            AT,
            "rotated",
            new LedgerRecord.ActorDescription(
                    "holder",
                    Optional.of(TokenId.FIRST),
                    Optional.of(TokenName.OPERATOR),
                    Optional.of(DIGEST),
                    Optional.empty()),
            Optional.of(TOKEN),
            Optional.of(TOKEN));
    private static final Notification ROTATED = notice(Notification.Kind.ROTATED, Optional.of(CHANGE));

    private static Notification notice(Notification.Kind kind, Optional<LedgerRecord> change) {
        return new Notification(
                "ledger-17-1772366400123-6f9619ff-8b86-4011-b42d-00c04fc964ff", kind, AT, TOKEN, 2, change);
    }

    private static Receipt send(String address) {
        return send(address, ServerTrust.DEFAULT, Optional.empty());
    }

    private static Receipt send(String address, ServerTrust trust, Optional<URI> proxy) {
        var webhook = new Webhook(URI.create(address), SECRET, Duration.ofDays(14), trust, proxy);
        return new HttpWebhookSenders().to(webhook).send(ROTATED, NOW);
    }

    private static Receipt postponed(String reason) {
        return new Receipt.Postponed(reason, Optional.empty());
    }

    /** The expected signature was made by {@code openssl dgst -sha256 -mac HMAC} of id, timestamp and body. */
    @Test
    void signs_notifications() throws IOException {
        String body = "{\"type\":\"token.rotated\",\"timestamp\":\"2026-03-01T12:00:00.123Z\",\"data\":{\"id\":1,"
                + "\"name\":\"ci\",\"kind\":\"named\",\"expiry\":\"2026-03-16T00:00:00Z\",\"generation\":2,"
                + "\"revision\":17,\"event\":\"rotated\",\"actor\":{\"kind\":\"holder\",\"token_id\":0,"
                + "\"token_name\":\"_admin\"}}}";
        try (var receiver = new CannedServer("HTTP/1.1 204 No Content\r\n\r\n")) {
            assertThat(send(receiver.address() + "/hook?key=k")).isEqualTo(new Receipt.Accepted());
            String head = """
                            POST /hook?key=k HTTP/1.1
                            Host: %s
                            User-Agent: latchkey
                            Connection: close
                            webhook-id: ledger-17-1772366400123-6f9619ff-8b86-4011-b42d-00c04fc964ff
                            webhook-timestamp: 1772366405
                            webhook-signature: v1,uRS76i7lz2VglA8CnB3t2nOO10gXonKdPvczqS6+m08=
                            Content-Type: application/json
                            Content-Length: %d

                            """.formatted(receiver.address().getAuthority(), body.length());
            assertThat(receiver.received()).isEqualTo(head.replace("\n", "\r\n") + body);
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_notification_is_as_described(Notification.Kind kind) {
        ApiDescription description = ApiDescription.read();
        Optional<LedgerRecord> change = switch (kind) {
            case EXPIRING, EXPIRED -> Optional.empty();
            case CREATED, REGENERATED, ROTATED, DISABLED, ENABLED, REVOKED, ALARM -> Optional.of(CHANGE);
        };
        String json = new String(WebhookJson.write(notice(kind, change)), UTF_8);
        var schema = ApiDescription.object(
                ApiDescription.object(ApiDescription.object(description.root().get("components"))
                                .get("schemas"))
                        .get("Notice"));
        assertThat(description.flaw(schema, ApiDescription.json(json))).isEmpty();
        assertThat(json).doesNotContain(DIGEST.hex());
        assertThat(ApiDescription.object(description.root().get("webhooks")))
                .containsOnlyKeys(Arrays.stream(Notification.Kind.values())
                        .map(every -> "token." + every.name().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new))
                .containsKey(notice(kind, change).type());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 202 Accepted\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 299 Why Not\r\nContent-Length: 99999999999\r\n\r\nlong",
            })
    void any_2xx_is_accepted(String answer) throws IOException {
        try (var receiver = new CannedServer(answer)) {
            assertThat(send(receiver.address().toString())).isEqualTo(new Receipt.Accepted());
            assertThat(receiver.received()).startsWith("POST / HTTP/1.1\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 500 Oops, it answered 500",
        "HTTP/1.1 307 Over There, it answered 307",
        "HTTP/1.1 408 Slow, it answered 408",
        "HTTP/1.1 425 Early, it answered 425",
        "HTTP/1.1 429 Enough, it answered 429",
        "SSH-2.0-OpenSSH_9.2, 'the connection broke, or the response is not HTTP'",
    })
    void other_responses_are_postponed(String line, String reason) throws IOException {
        try (var elsewhere = new CannedServer("HTTP/1.1 204 No Content\r\n\r\n");
                var receiver = new CannedServer(line + "\r\nLocation: " + elsewhere.address() + "\r\n\r\n")) {
            assertThat(send(receiver.address().toString())).isEqualTo(postponed(reason));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 413, 422, 451, 499})
    void a_4xx_is_a_rejection(int status) throws IOException {
        try (var receiver = new CannedServer("HTTP/1.1 " + status + " No\r\n\r\n")) {
            assertThat(send(receiver.address().toString())).isEqualTo(new Receipt.Rejected("it answered " + status));
        }
    }

    @Test
    void a_410_ends_delivery() throws IOException {
        try (var receiver = new CannedServer("HTTP/1.1 410 Gone\r\n\r\n")) {
            assertThat(send(receiver.address().toString())).isEqualTo(new Receipt.Ended("it answered 410"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | 120000",
                "0 | 0",
                "Sun, 01 Mar 2026 12:10:05 GMT | 599001",
                "Sun, 01 Mar 2026 11:00:00 GMT | 0",
                "soon |",
                "-5 |",
                "99999999999999999999 |",
            })
    void respects_retry_after(String header, @Nullable Long millis) throws IOException {
        try (var receiver = new CannedServer("HTTP/1.1 503 Busy\r\nRetry-After: " + header + "\r\n\r\n")) {
            assertThat(send(receiver.address().toString()))
                    .isEqualTo(new Receipt.Postponed(
                            "it answered 503", Optional.ofNullable(millis).map(Duration::ofMillis)));
        }
    }

    @Test
    void a_receiver_that_is_down_is_postponed() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(send("http://127.0.0.1:" + port + "/")).isEqualTo(postponed("connection refused"));
        assertThat(send("http://nobody.invalid/")).isEqualTo(postponed("unknown host"));
    }

    /** A server with a certificate of the authority in {@code ca.pem}. */
    private static RunningServer secured(Path folder) throws IOException {
        var files = new TlsIdentity.Source(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        var mint = new CertificateMint();
        mint.forThisMachine("server").write(files.certificate(), files.key());
        Files.writeString(folder.resolve("ca.pem"), mint.certificate());
        return new RunningServer(TlsTest.settings(files, "TLSv1.3"));
    }

    @Test
    void a_receiver_with_an_untrusted_certificate_is_postponed(@TempDir Path folder) throws IOException {
        try (var server = secured(folder)) {
            assertThat(send("https://127.0.0.1:" + server.port() + "/"))
                    .isEqualTo(
                            postponed("no secure connection, because its certificate or TLS version is not accepted"));
        }
    }

    @Test
    void trusts_a_configured_authority(@TempDir Path folder) throws IOException {
        try (var server = secured(folder)) {
            var trust = new ServerTrust(Optional.of(folder.resolve("ca.pem")), ServerTrust.Verification.ON);
            assertThat(send("https://127.0.0.1:" + server.port() + "/hook", trust, Optional.empty()))
                    .isEqualTo(new Receipt.Rejected("it answered 401"));
        }
    }

    @Test
    void rejects_a_file_without_a_certificate(@TempDir Path folder) {
        var trust = new ServerTrust(Optional.of(folder.resolve("missing.pem")), ServerTrust.Verification.ON);
        assertThatThrownBy(() -> send("https://receiver.example/", trust, Optional.empty()))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageContaining("missing.pem");
    }

    @Test
    void sends_through_a_proxy(@TempDir Path folder) throws IOException {
        try (var server = secured(folder);
                var proxy = new TunnelProxy(server.port())) {
            var trust = new ServerTrust(Optional.of(folder.resolve("ca.pem")), ServerTrust.Verification.ON);
            URI through = URI.create("http://user:pass%20word@127.0.0.1:" + proxy.port());
            assertThat(send("https://localhost:444/hook", trust, Optional.of(through)))
                    .isEqualTo(new Receipt.Rejected("it answered 401"));
            assertThat(proxy.asked()).isEqualTo("""
                    CONNECT localhost:444 HTTP/1.1
                    Host: localhost:444
                    User-Agent: latchkey
                    Proxy-Authorization: Basic dXNlcjpwYXNzIHdvcmQ=
                    """);
        }
    }

    @Test
    void reports_a_proxy_that_refuses() throws IOException {
        try (var proxy = new CannedServer("HTTP/1.1 407 Who Are You\r\n\r\n")) {
            assertThat(send("https://receiver.example/", ServerTrust.DEFAULT, Optional.of(proxy.address())))
                    .isEqualTo(postponed("the proxy answered 407"));
        }
    }
}
