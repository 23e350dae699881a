package io.latchkey.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import io.latchkey.http.security.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Invalid bodies and paths, for each endpoint: a 4xx with a message, and nothing changes.
 */
final class HostileBodiesTest {
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final List<String> BODIES = List.of(
            "",
            " ",
            "null",
            "true",
            "17",
            "\"text\"",
            "[]",
            "[[]]",
            "{",
            "{\"",
            "{}{}",
            "{\"a\":1,}",
            "{'a':1}",
            "{\"a\":1,\"a\":2}",
            "{\"name\":[],\"token_name\":[],\"db\":[],\"q\":[],\"tokens\":{}}",
            "{\"name\":1,\"token_name\":1,\"db\":1,\"q\":1,\"tokens\":1}",
            "{\"name\":null,\"token_name\":null,\"db\":null,\"q\":null,\"tokens\":null}",
            "{\"name\":\"\",\"token_name\":\"\",\"db\":\"\",\"q\":\"\",\"tokens\":\"\"}",
            "{\"name\":\"a\",\"name\":\"b\",\"db\":\"_internal\",\"db\":\"x\",\"q\":\"\",\"tokens\":[1]}",
            "{\"description\":5,\"db\":\"_internal\",\"q\":\"select 1\",\"format\":5,\"tokens\":[null]}",
            "{\"expiry\":\"tomorrow\",\"db\":\"_internal\",\"q\":\"select 1\",\"format\":\"xml\",\"tokens\":[[]]}",
            "{\"name\":\"a\\u0000b\",\"db\":\"a\\u0000b\",\"q\":\"\\u0000\",\"tokens\":[{}]}",
            "{\"name\":\"a\\ud800\",\"db\":\"a\\ud800\",\"q\":\"\\ud800\"}",
            "{\"name\":\"a\\r\\nX-Injected: b\",\"db\":\"a\\r\\nX-Injected: b\",\"q\":\"x\"}",
            "\u00ff\u00fe{\u0000}\u0000",
            "{\"name\":\"\u00c0\u0080\",\"db\":\"\u00c0\u0080\",\"q\":\"\u00ff\",\"tokens\":[\"\u00ed\u00a0\u0080\"]}",
            "{\"a\":".repeat(100_000),
            "[".repeat(100_000),
            "{\"name\":\"" + "n".repeat(100_000) + "\",\"db\":\"" + "d".repeat(100_000) + "\",\"q\":\"x\"}",
            "{\"expiry_secs\":" + "9".repeat(100_000) + ",\"db\":" + "9".repeat(100_000) + "}",
            "{\"" + "f".repeat(100_000) + "\":1}");

    private static RunningServer server;
    private static String operator;

    @BeforeAll
    static void start() {
        server = new RunningServer();
        var owner = server.authority.actingAs(new Actor.FileOwner());
        operator = owner.tokens().createOperator().secret().reveal();
        owner.tokens().createNamed(new TokenName("victim"), Lifetime.UNLIMITED, Description.NONE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void nothing_has_happened() {
        assertThat(server.authority.actingAs(new Actor.FileOwner()).tokens().list())
                .extracting(
                        token -> token.name().value() + ":" + token.version().number())
                .containsExactly("_admin:1", "victim:1");
    }

    private static String head(String line, String headers) {
        return line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + operator + "\r\n"
                + headers;
    }

    private static String send(String line, String headers, String latin1) {
        byte[] body = latin1.getBytes(ISO_8859_1);
        var request = new ByteArrayOutputStream();
        request.writeBytes((head(line, headers) + "Content-Length: " + body.length + "\r\n\r\n").getBytes(ISO_8859_1));
        request.writeBytes(body);
        return RawConnection.exchange(server.port(), request.toByteArray());
    }

    /**
     * Asserts a 4xx with a message and without injected headers; InfluxDB's messages end with the name in the request.
     */
    private static void refused(String answer, String request) {
        String shown = request.length() > 200 ? request.substring(0, 200) : request;
        int body = answer.indexOf("\r\n\r\n") + 4;
        assertThat(answer).as(shown).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
        assertThat(answer.substring(body)).as(shown).isNotBlank();
        assertThat(answer.substring(0, body)).as(shown).doesNotContain("X-Injected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v3/query_sql",
                "POST /api/v3/configure/token/named_admin",
                "POST /api/v1/tokens",
                "PATCH /api/v1/tokens/victim",
                "POST /api/v1/verify/batch"
            })
    void rejects_invalid_json(String line) {
        for (String body : BODIES) {
            refused(send(line, JSON, body), body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /oauth2/introspect", "POST /oauth2/revoke"})
    void rejects_invalid_forms(String line) {
        for (String body : List.of(
                "",
                "token",
                "token=",
                "&&&",
                "=x",
                "token=%",
                "token=%zz",
                "token=%ff",
                "token=\u00ff",
                "token=a&token=b",
                "token=a&client_secret=b",
                "{\"token\":\"a\"}",
                "tok\u0000en=a",
                "%74oke=a",
                "a=b&".repeat(50_000))) {
            refused(send(line, FORM, body), body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /oauth2/introspect", "POST /oauth2/revoke"})
    void invalid_tokens_are_inactive(String line) {
        for (String token : List.of("x".repeat(100_000), "%00", "%0d%0aX-Injected:x", "%F0%9F%98%80", "+", "a=b=c")) {
            assertThat(send(line, FORM, "token=" + token))
                    .startsWith("HTTP/1.1 200 ")
                    .doesNotContain("\nX-Injected", "\"active\":true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /oauth2/introspect", "POST /oauth2/revoke", "POST /api/v3/configure/token/admin"})
    void limits_bodies_without_a_live_token_to_8_kib(String line) {
        String refusal = "max request size (8192 bytes) exceeded";
        String longest = "token=" + "x".repeat(RequestBody.ANONYMOUS_LIMIT - 6);
        assertThat(sendAsStranger(line, "Content-Length: 8192", longest)).matches("(?s)HTTP/1.1 4(01|09) .*");
        assertThat(sendAsStranger(line, "Content-Length: 8193", longest))
                .startsWith("HTTP/1.1 413 ")
                .contains(refusal);
        String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
        assertThat(sendAsStranger(line, "Transfer-Encoding: chunked", chunk + chunk + "1\r\nx\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains(refusal);
        assertThat(sendAsStranger(line, "Transfer-Encoding: chunked", "1\r\nx\r\n".repeat(8192) + "0\r\n\r\n"))
                .matches("(?s)HTTP/1.1 4(01|00|09) .*");
    }

    private static String sendAsStranger(String line, String length, String body) {
        return RawConnection.exchange(
                server.port(),
                (line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + length + "\r\n\r\n" + body).getBytes(UTF_8));
    }

    @Test
    void rejects_many_values_in_few_bytes_before_parsing() {
        String ones = "[" + "1,".repeat(3_000_000) + "1]";
        for (String line :
                List.of("POST /api/v1/tokens", "POST /api/v3/query_sql", "POST /api/v3/configure/token/admin")) {
            assertThat(send(line, JSON, ones))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("expected at most 2621440 names and values");
        }
        assertThat(send("POST /oauth2/introspect", FORM, "a".repeat(9_000_000))).startsWith("HTTP/1.1 400 ");
        var many = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            many.append(i).append("=1&");
        }
        assertThat(send("POST /oauth2/introspect", FORM, many.toString()))
                .startsWith("HTTP/1.1 400 ")
                .contains("the form has more than 100 parameters");
    }

    @AfterEach
    void releases_the_memory_of_all_bodies() {
        assertThat(Eventually.get(server.bean(BodyBudget.class)::taken, taken -> taken == 0))
                .isZero();
    }

    @Test
    void rejects_a_long_idempotency_key() {
        for (String key : List.of("\"" + "x".repeat(30_000) + "\"", "\"" + "\\\"".repeat(14_000), "x".repeat(30_000))) {
            refused(send("POST /api/v1/tokens/victim/rotate", "Idempotency-Key: " + key + "\r\n", ""), key);
        }
    }

    @Test
    void all_bodies_share_one_budget() throws IOException {
        try (var small = new RunningServer(Map.of("latchkey.server.body-budget", 2_000_000))) {
            String secret = small.operator();
            String start = "POST /api/v1/tokens HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                    + secret + "\r\n" + JSON;
            String half = start + "Content-Length: 1000000\r\n\r\n" + "x".repeat(900_000);
            BodyBudget budget = small.bean(BodyBudget.class);
            try (var holder = new Socket(InetAddress.getLoopbackAddress(), small.port())) {
                holder.getOutputStream().write(half.getBytes(UTF_8));
                assertThat(Eventually.get(budget::taken, taken -> taken == 1_800_000))
                        .isEqualTo(1_800_000);
                assertThat(RawConnection.exchange(small.port(), half.getBytes(UTF_8)))
                        .startsWith("HTTP/1.1 503 ")
                        .contains("Retry-After: 1");
                List<Socket> anonymous = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    Socket client = new Socket(InetAddress.getLoopbackAddress(), small.port());
                    anonymous.add(client);
                    client.getOutputStream()
                            .write(("POST /oauth2/introspect HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                            + "Content-Length: 10\r\n\r\nx")
                                    .getBytes(UTF_8));
                }
                // All except the three for which there is memory; no other request could take their place.
                assertThat(Eventually.get(() -> answered(anonymous), count -> count == 97))
                        .isEqualTo(97);
                String form = "token=x&client_secret=" + secret;
                assertThat(RawConnection.exchange(
                                small.port(),
                                ("POST /oauth2/introspect HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
                                                + form.length() + "\r\n\r\n" + form)
                                        .getBytes(UTF_8)))
                        .endsWith("{\"active\":false}");
                assertThat(new String(anonymous.getFirst().getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 503 ");
                for (Socket client : anonymous) {
                    client.close();
                }
            }
            assertThat(Eventually.get(budget::taken, taken -> taken == 0)).isZero();
        }
    }

    private static long answered(List<Socket> sockets) {
        return sockets.stream()
                .filter(socket -> {
                    try {
                        return socket.getInputStream().available() > 0;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .count();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v3/query_sql",
                "POST /api/v1/tokens",
                "PATCH /api/v1/tokens/victim",
                "POST /api/v1/verify/batch",
                "POST /oauth2/introspect",
                "POST /oauth2/revoke"
            })
    void rejects_long_and_missing_bodies_without_waiting(String line) {
        String refusal = "max request size (10485760 bytes) exceeded";
        String announced = head(line, JSON + "Content-Length: 10485761\r\n\r\n");
        assertThat(RawConnection.exchange(server.port(), announced.getBytes(ISO_8859_1)))
                .startsWith("HTTP/1.1 413 ")
                .contains(refusal);
        String chunk = "100000\r\n" + "x".repeat(1024 * 1024) + "\r\n";
        String streamed = head(line, JSON + "Transfer-Encoding: chunked\r\n\r\n") + chunk.repeat(11);
        assertThat(RawConnection.exchange(server.port(), streamed.getBytes(ISO_8859_1)))
                .startsWith("HTTP/1.1 413 ");
        String cut = head(line, JSON + "Content-Length: 100\r\n\r\n") + "{\"na";
        assertThat(RawConnection.exchangeAndHangUp(server.port(), cut.getBytes(ISO_8859_1)))
                .doesNotStartWith("HTTP/1.1 5")
                .doesNotStartWith("HTTP/1.1 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /api/v1/tokens", "PATCH /api/v1/tokens/victim", "POST /api/v1/verify/batch"})
    void rejects_invalid_gzip(String line) {
        for (String body :
                List.of("", "{}", "\u001f\u008b", "\u001f\u008b\b\u0000\u0000\u0000\u0000\u0000\u0000\u0003x")) {
            refused(send(line, JSON + "Content-Encoding: gzip\r\n", body), body);
        }
        for (String encoding : List.of("br", "GZIP", "gzip, gzip", "\u00ff")) {
            refused(send(line, JSON + "Content-Encoding: " + encoding + "\r\n", "{}"), encoding);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "%zz",
                "%ff",
                "%00",
                "%0d%0aX-Injected:%20x",
                "%2e%2e",
                "..%2fvictim",
                "victim%00",
                "VICTIM",
                "v%C0%80",
                "%ED%A0%80",
                "victim/..",
                "victim;x",
                "*",
                "%25"
            })
    void rejects_invalid_token_names_in_paths(String segment) {
        for (String method : List.of("GET", "DELETE", "PATCH")) {
            refused(send(method + " /api/v1/tokens/" + segment, JSON, "{\"description\":\"x\"}"), method + segment);
        }
        refused(send("DELETE /api/v3/configure/token?token_name=" + segment, "", ""), segment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?",
                "?db",
                "?db=_internal",
                "?q=x&db=",
                "?db=%zz&q=x",
                "?db=a&db=b&q=x",
                "?db=_internal&q=%ff"
            })
    void rejects_invalid_sql_parameters(String query) {
        refused(send("GET /api/v3/query_sql" + query, "", ""), query);
    }

    @Test
    void rejects_1001_tokens() {
        refused(
                send("POST /api/v1/verify/batch", JSON, "{\"tokens\":[" + "\"x\",".repeat(1000) + "\"x\"]}"),
                "1001 tokens");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer  x",
                "Basic !",
                "Basic /zo=",
                "Bearer \u00ff",
                "Bearer x\ty",
                "Digest a=b",
                "Bearer x,y"
            })
    void reveals_nothing_without_a_live_token(String authorization) {
        String request = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: " + authorization
                + "\r\nContent-Length: 5\r\n\r\n12345";
        for (String path : List.of("/api/v1/verify", "/api/v1/verify?name=%zz&kind=x&status=600")) {
            assertThat(RawConnection.exchange(server.port(), ("POST " + path + request).getBytes(ISO_8859_1)))
                    .startsWith("HTTP/1.1 401 ");
        }
        assertThat(RawConnection.exchange(server.port(), ("POST /api/v1/burn" + request).getBytes(ISO_8859_1)))
                .startsWith("HTTP/1.1 204 ");
        assertThat(RawConnection.exchange(server.port(), ("POST /oauth2/introspect" + request).getBytes(UTF_8)))
                .matches("(?s)HTTP/1\\.1 40[01] .*\"error_description\":.*");
    }
}
