package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.CertificateMint;
import io.latchkey.application.LedgerLine;
import io.latchkey.application.Notice;
import io.latchkey.application.Webhook;
import io.latchkey.application.WebhookSecret;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Secrets;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenVersion;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a receiver gets, and what counts as having taken it. */
final class HttpNoticeSenderTest {
    private static final WebhookSecret SECRET =
            WebhookSecret.parse("whsec_YSBrZXkgb2YgdGhpcnR5LXR3byBieXRlcywgaW5kZWU=");
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:05.999Z");
    private static final TokenDigest DIGEST =
            TokenSecret.presented("not to be seen").digest();
    private static final Token TOKEN = new Token(
            new TokenVersion(new TokenId(1), 2),
            new TokenName("ci"),
            new Secrets(DIGEST, 2, List.of(), Optional.empty()),
            Description.NONE,
            Expiry.at(Instant.parse("2026-03-16T00:00:00Z")),
            AT,
            Optional.empty(),
            Optional.of(new Token.LastChange(AT, Optional.empty())),
            Optional.empty());
    private static final LedgerLine CHANGE = new LedgerLine(
            17,
            AT,
            "rotated",
            new LedgerLine.Who(
                    "holder",
                    Optional.of(TokenId.FIRST),
                    Optional.of(TokenName.OPERATOR),
                    Optional.of(DIGEST),
                    Optional.empty()),
            Optional.of(TOKEN),
            Optional.of(TOKEN));
    private static final Notice ROTATED = notice(Notice.Kind.ROTATED, Optional.of(CHANGE));

    private static Notice notice(Notice.Kind kind, Optional<LedgerLine> change) {
        return new Notice("ledger-17-1772366400123-6f9619ff-8b86-4011-b42d-00c04fc964ff", kind, AT, TOKEN, 2, change);
    }

    private static Optional<String> send(String address) {
        return new HttpNoticeSender().send(ROTATED, new Webhook(URI.create(address), SECRET, Duration.ofDays(14)), NOW);
    }

    /** The signature is openssl's: {@code openssl dgst -sha256 -mac HMAC} of the id, the seconds and the body. */
    @Test
    void a_notice_is_signed_so_that_others_can_tell_who_sent_it() throws IOException {
        String body = "{\"type\":\"token.rotated\",\"timestamp\":\"2026-03-01T12:00:00.123Z\",\"data\":{\"id\":1,"
                + "\"name\":\"ci\",\"kind\":\"named\",\"expiry\":\"2026-03-16T00:00:00Z\",\"generation\":2,"
                + "\"revision\":17,\"event\":\"rotated\",\"actor\":{\"kind\":\"holder\",\"token_id\":0,"
                + "\"token_name\":\"_admin\"}}}";
        try (var receiver = new CannedServer("HTTP/1.1 204 No Content\r\n\r\n")) {
            assertThat(send(receiver.address() + "/hook?key=k")).isEmpty();
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
    void every_notice_is_as_described(Notice.Kind kind) {
        ApiDescription description = ApiDescription.read();
        Optional<LedgerLine> change = switch (kind) {
            case EXPIRING, EXPIRED -> Optional.empty();
            case ROTATED, REVOKED, ALARM -> Optional.of(CHANGE);
        };
        String json = new String(NoticeJson.write(notice(kind, change)), UTF_8);
        var schema = ApiDescription.object(
                ApiDescription.object(ApiDescription.object(description.root().get("components"))
                                .get("schemas"))
                        .get("Notice"));
        assertThat(description.flaw(schema, ApiDescription.json(json))).isEmpty();
        assertThat(json).doesNotContain(DIGEST.hex());
        assertThat(ApiDescription.object(description.root().get("webhooks")))
                .containsOnlyKeys(Arrays.stream(Notice.Kind.values())
                        .map(one -> "token." + one.name().toLowerCase(Locale.ROOT))
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
    void whatever_says_yes_has_taken_it(String answer) throws IOException {
        try (var receiver = new CannedServer(answer)) {
            assertThat(send(receiver.address().toString())).isEmpty();
            assertThat(receiver.received()).startsWith("POST / HTTP/1.1\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 500 Oops, it answered 500",
        "HTTP/1.1 410 Gone, it answered 410",
        "HTTP/1.1 307 Over There, it answered 307",
        "SSH-2.0-OpenSSH_9.2, 'the connection broke, or what answers does not speak HTTP'",
    })
    void whatever_else_has_not(String line, String reason) throws IOException {
        try (var elsewhere = new CannedServer("HTTP/1.1 204 No Content\r\n\r\n");
                var receiver = new CannedServer(line + "\r\nLocation: " + elsewhere.address() + "\r\n\r\n")) {
            assertThat(send(receiver.address().toString())).contains(reason);
        }
    }

    @Test
    void nor_has_whoever_is_not_there() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(send("http://127.0.0.1:" + port + "/")).contains("connection refused");
        assertThat(send("http://nobody.invalid/")).contains("unknown host");
    }

    @Test
    void nor_whoever_is_not_believed(@TempDir Path folder) {
        var files = new TlsIdentity.Source(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        new CertificateMint(folder).forThisMachine("stranger").write(files.certificate(), files.key());
        try (var server = new RunningServer(TlsTest.settings(files, "TLSv1.3"))) {
            assertThat(send("https://127.0.0.1:" + server.port() + "/"))
                    .contains("no secure connection, its certificate or TLS version is not accepted");
        }
    }
}
