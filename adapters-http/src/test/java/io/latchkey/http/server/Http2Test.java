package io.latchkey.http.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.CertificateMint;
import io.latchkey.application.FakeCopy;
import io.latchkey.http.RawHttp2;
import io.latchkey.http.RunningServer;
import io.latchkey.http.TlsTest;
import io.latchkey.http.wire.Paths;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Responses over HTTP/2 are byte-identical to those over HTTP/1.1. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Http2Test {
    @TempDir
    static Path folder;

    private RunningServer server;
    private SSLContext trust;
    private HttpClient client;
    private String operator;

    /** A request, and the compared parts of its response. */
    private record Answer(int status, Map<String, List<String>> headers, String body) {
        /** The same without the use count of tokens, which each request increases. */
        Answer uncounted() {
            return new Answer(status, headers, body.replaceAll("\"use_count\":\\d+", ""));
        }
    }

    @BeforeAll
    void start() {
        var mint = new CertificateMint();
        server = TlsTest.serving(mint, folder);
        trust = TlsTest.trusting(mint);
        client = HttpClient.newBuilder().sslContext(trust).build();
        operator = server.operator();
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void gives_the_same_verdicts() throws Exception {
        for (String query : List.of(
                "",
                "?status=200",
                "?kind=operator",
                "?kind=named",
                "?name=_*",
                "?next=%2F%ff&&=&status=500",
                "?x=%C3")) {
            for (String method : List.of("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PROPFIND")) {
                for (String[] headers : new String[][] {
                    {},
                    {"Authorization", "Bearer " + operator},
                    {"Authorization", "Token " + operator},
                    {"Authorization", "Bearer apiv3_unknown"},
                    {"Authorization", "nonsense"},
                    {"Authorization", "Bearer " + operator, "Authorization", "Bearer " + operator},
                    {"Authorization", "Bearer " + operator, "X-Large", "x".repeat(20_000)},
                }) {
                    assertSame(method, Paths.VERIFY + query, "", headers);
                }
            }
        }
    }

    @Test
    void the_peer_has_the_same_address() throws Exception {
        for (String network : List.of("127.0.0.0/8", "10.0.0.0/8")) {
            String created = send(
                            Version.HTTP_2,
                            "POST",
                            Paths.OWN_TOKENS,
                            "{\"name\":\"from-" + network.length() + network.charAt(1) + "\",\"from\":[\"" + network
                                    + "\"]}",
                            "Authorization",
                            "Bearer " + operator,
                            "Content-Type",
                            "application/json")
                    .body();
            String secret = created.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
            for (String path : List.of(Paths.VERIFY, Paths.OWN + "/whoami")) {
                String[] credential = {"Authorization", "Bearer " + secret};
                assertThat(send(Version.HTTP_2, "GET", path, "", credential).status())
                        .isEqualTo(send(Version.HTTP_1_1, "GET", path, "", credential)
                                .status())
                        .isIn(network.startsWith("127") ? List.of(200, 204) : List.of(401));
            }
        }
    }

    @Test
    void never_reads_the_body_of_a_forward_auth_request() throws Exception {
        for (int length : new int[] {1, 100_000, 3_000_000}) {
            Answer answer = send(
                    Version.HTTP_2, "POST", Paths.VERIFY, "x".repeat(length), "Authorization", "Bearer " + operator);
            assertThat(answer.status()).isEqualTo(204);
        }
        assertThat(send(Version.HTTP_2, "GET", "/livez", "").status()).isEqualTo(200);
    }

    @Test
    void is_the_same_api() throws Exception {
        String[] credential = {"Authorization", "Bearer " + operator};
        assertSame("GET", "/health", "");
        assertSame("GET", "/livez", "");
        assertSame("GET", "/ping", "", credential);
        assertSame("GET", "/api/v1/tokens", "", credential);
        assertSame("GET", "/api/v1/tokens/_admin", "", credential);
        assertSame("GET", "/api/v1/tokens/nobody", "", credential);
        assertSame("GET", "/nowhere", "", credential);
        assertSame("GET", "/api/v1/tokens", "");
        assertSame("OPTIONS", "/api/v3/configure/token", "");
        assertSame("POST", Paths.CREATE_OPERATOR, "");
        assertSame("POST", Paths.CREATE_NAMED, "{\"token_name\":\"", "Content-Type", "application/json");
        assertSame(
                "POST",
                Paths.CREATE_NAMED,
                "{\"token_name\":1}",
                "Content-Type",
                "application/json",
                credential[0],
                credential[1]);
        assertSame("POST", "/oauth2/introspect", "token=" + operator, credential);
        assertSame("GET", "/api/v3/query_sql?db=_internal&format=csv&q=SELECT%201", "", credential);
        assertSame(
                "POST",
                Paths.CREATE_NAMED,
                "x".repeat(11_000_000),
                "Content-Type",
                "application/json",
                credential[0],
                credential[1]);
    }

    @Test
    void answers_many_requests_on_one_connection_at_once() {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri(i % 2 == 0 ? Paths.VERIFY : "/api/v1/whoami"));
            if (i % 3 != 0) {
                request.header("Authorization", "Bearer " + operator);
            }
            answers.add(client.sendAsync(request.build(), BodyHandlers.ofString()));
        }
        for (int i = 0; i < answers.size(); i++) {
            int expected = i % 3 == 0 ? 401 : i % 2 == 0 ? 204 : 200;
            assertThat(answers.get(i).join().statusCode()).isEqualTo(expected);
        }
    }

    @Test
    void sends_a_long_answer_to_its_end() throws Exception {
        server.store.makeCopiesAsLongAs(20_000_000);
        for (Version version : Version.values()) {
            Answer copy = send(version, "GET", Paths.BACKUP, "", "Authorization", "Bearer " + operator);
            assertThat(copy.headers()).containsEntry("content-length", List.of("20000000"));
            assertThat(copy.body()).hasSize(20_000_000);
        }
        assertThat(server.store.copies()).hasSize(2).allMatch(FakeCopy::isClosed);
    }

    @Test
    void resets_only_the_stream_with_invalid_headers() throws Exception {
        String[] good = {":method", "GET", ":scheme", "https", ":path", "/livez", ":authority", "localhost"};
        String[][] heads = {
            with(good, "host", "elsewhere"),
            with(good, "x", "a\r\nb: c"),
            with(good, "x", "a\nb"),
            with(good, "x", "a\0b"),
            with(good, "x", " leading"),
            with(good, "X", "upper"),
            with(good, "x y", "blank"),
            with(good, "connection", "close"),
            with(good, "transfer-encoding", "chunked"),
            with(good, "te", "gzip"),
            with(good, ":status", "200"),
            with(good, ":path", "/twice"),
            {":method", "GE T", ":scheme", "https", ":path", "/livez", ":authority", "localhost"},
            {":method", "", ":scheme", "https", ":path", "/livez", ":authority", "localhost"},
            {":method", "GET", ":scheme", "https", ":path", "", ":authority", "localhost"},
            {":method", "GET", ":scheme", "https", ":authority", "localhost"},
            {":scheme", "https", ":path", "/livez", ":authority", "localhost"},
            {":method", "GET", ":scheme", "https", ":path", "/li vez", ":authority", "localhost"},
        };
        try (var connection = new RawHttp2(trust, server.port())) {
            for (String[] head : heads) {
                assertThat(connection.ask(head)).as(String.join("|", head)).isIn("400", "reset 1");
                assertThat(connection.ask(good)).as(String.join("|", head)).isEqualTo("200");
            }
        }
    }

    private static String[] with(String[] head, String name, String value) {
        List<String> fields = new ArrayList<>(List.of(head));
        fields.addAll(List.of(name, value));
        return fields.toArray(String[]::new);
    }

    private void assertSame(String method, String target, String body, String... headers) throws Exception {
        Answer old = send(Version.HTTP_1_1, method, target, body, headers);
        assertThat(send(Version.HTTP_2, method, target, body, headers).uncounted())
                .as(method + " " + target)
                .isEqualTo(old.uncounted());
    }

    private Answer send(Version version, String method, String target, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target))
                .version(version)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
        assertThat(answer.version()).isEqualTo(version);
        Map<String, List<String>> kept = new TreeMap<>(answer.headers().map());
        // only in HTTP/1.1: the state of the connection
        kept.remove("connection");
        kept.remove(":status");
        // differs for each request
        kept.remove("request-id");
        kept.remove("x-request-id");
        return new Answer(answer.statusCode(), kept, new String(answer.body(), UTF_8));
    }

    private URI uri(String target) {
        return URI.create("https://localhost:" + server.port() + target);
    }
}
