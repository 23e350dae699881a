package io.latchkey.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Invalid requests get a 4xx with a message or a closed connection, never a 5xx or a hang; the server keeps running.
 */
final class HostileRequestsTest {
    private static final int MEGABYTE = 1024 * 1024;

    private static RunningServer server;
    private static String operator;

    @BeforeAll
    static void start() {
        server = new RunningServer();
        operator = server.operator();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void serves_others_as_before() {
        assertThat(send("GET /api/v1/whoami HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                        + operator + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    private static String send(String request) {
        return send(request.getBytes(ISO_8859_1));
    }

    private static String send(byte[] request) {
        return RawConnection.exchange(server.port(), request);
    }

    /** A request of the operator to create a named token, without the headers for length and encoding. */
    private static String create(String headers) {
        return "POST /api/v3/configure/token/named_admin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nAuthorization: Bearer " + operator + "\r\n" + headers + "\r\n";
    }

    private static byte[] create(String headers, byte[] body) {
        var request = new ByteArrayOutputStream();
        request.writeBytes(
                create(headers + "Content-Length: " + body.length + "\r\n").getBytes(ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var zipping = new GZIPOutputStream(zipped)) {
            zipping.write(body);
        }
        return zipped.toByteArray();
    }

    private static byte[] nameOf(int length) {
        return ("{\"token_name\":\"" + "n".repeat(length) + "\"}").getBytes(UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n",
                "GET\r\n\r\n",
                "GET /\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "garbage garbage garbage garbage\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a|b{c} HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http:// HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nNo colon here\r\n\r\n",
                "GET / HTTP/1.1\r\n: no name\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
                "GET / HTTP/1.1\r\nX: a\u0000b\r\n\r\n",
                "GET / HTTP/1.1\r\nX: a\rInjected: b\r\n\r\n",
                "GET / HTTP/1.1\r\n Folded: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                "CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void rejects_malformed_requests(String request) {
        String answer = RawConnection.exchangeAndHangUp(server.port(), request.getBytes(ISO_8859_1));
        assertThat(answer.isEmpty() || answer.matches("(?s)HTTP/\\d\\.\\d (204|4\\d\\d) .*"))
                .as(answer)
                .isTrue();
    }

    /** Requests that a proxy might read differently: the server must not find a second request in them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "GET /livez HTTP/1.1\r\n\r\n",
                "GET /livez HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /livez HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
                "GET /livez HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
            })
    void rejects_ambiguous_requests_and_closes_the_connection(String request) {
        String answer = send(request + "GET /livez HTTP/1.1\r\nHost: smuggled\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .endsWith("the request is not valid HTTP")
                .containsIgnoringCase("connection: close")
                .containsOnlyOnce("HTTP/1.1 ");
    }

    @Test
    void http_1_0_needs_no_host() {
        assertThat(send("GET /livez HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 200 ");
    }

    @Test
    void rejects_a_broken_chunk_and_closes_the_connection() {
        for (String chunks : new String[] {"5\r\n{}xyz!!\r\n0\r\n\r\n", "2\r\n{}\r\nzz\r\n", "-1\r\n"}) {
            assertThat(send(create("Transfer-Encoding: chunked\r\n").replace("Connection: close\r\n", "") + chunks))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("the body is not valid HTTP")
                    .containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @Test
    void limits_the_number_of_header_fields() {
        assertThat(send("GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + "X: y\r\n".repeat(198) + "\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(send("GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + "X: y\r\n".repeat(199) + "\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void rejects_long_headers() {
        for (String request : new String[] {
            "GET / HTTP/1.1\r\nX: " + "x".repeat(100_000) + "\r\n\r\n",
            "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(50_000) + "\r\n"
        }) {
            assertThat(send(request))
                    .matches("(?s)HTTP/1\\.[01] 431 .*the URL or the headers of the request are too long");
        }
    }

    @Test
    void an_incomplete_request_does_no_harm() {
        for (String request : new String[] {
            "GET / HTTP/1.1\r\nHost", create("Content-Length: 100\r\n") + "{\"token_na", create("Content-Length: 5\r\n")
        }) {
            String answer = RawConnection.exchangeAndHangUp(server.port(), request.getBytes(ISO_8859_1));
            assertThat(answer).doesNotStartWith("HTTP/1.1 5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n{}\r\n0\r\n\r\n", "ffffffffffffffffff\r\n{}", "-1\r\n\r\n", "5\r\n{}\r\n0\r\n\r\n"})
    void rejects_invalid_chunks(String chunks) {
        String answer = RawConnection.exchangeAndHangUp(
                server.port(), (create("Transfer-Encoding: chunked\r\n") + chunks).getBytes(ISO_8859_1));
        assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"))
                .as(answer)
                .isTrue();
    }

    @Test
    void accepts_a_chunked_body() {
        assertThat(send(create("Transfer-Encoding: chunked\r\n")
                        + "5\r\n{\"tok\r\n12\r\nen_name\":\"chunked\"\r\n1\r\n}\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 201 ");
    }

    @Test
    void rejects_a_long_name_with_the_rule() {
        assertThat(send(create("", nameOf(100_000))))
                .startsWith("HTTP/1.1 400 ")
                .endsWith("token name must not be longer than 128 characters");
        assertThat(send("DELETE /api/v1/tokens/" + "n".repeat(3_000) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "Authorization: Bearer " + operator + "\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"detail\":\"token name must not be longer than 128 characters\"");
    }

    @Test
    void a_body_that_is_not_utf_8_is_refused() {
        for (String bytes : new String[] {"\u00ff", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00f0\u009f"}) {
            assertThat(send(create("", ("{\"token_name\":\"" + bytes + "\"}").getBytes(ISO_8859_1))))
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("serde json error: expected UTF-8");
        }
    }

    @Test
    void decompresses_a_body_up_to_the_limit() throws IOException {
        String zipped = "Content-Encoding: gzip\r\n";
        assertThat(send(create(zipped, gzip("{\"token_name\":\"zipped\"}".getBytes(UTF_8)))))
                .startsWith("HTTP/1.1 201 ");
        byte[] bomb = gzip(nameOf(200 * MEGABYTE));
        assertThat(bomb.length).isLessThan(MEGABYTE);
        assertThat(send(create(zipped, bomb)))
                .startsWith("HTTP/1.1 413 ")
                .endsWith("max request size (10485760 bytes) exceeded");
        byte[] cut = gzip("{\"token_name\":\"cut\"}".getBytes(UTF_8));
        cut[cut.length - 12] ^= 1;
        assertThat(send(create(zipped, cut))).startsWith("HTTP/1.1 400 ").contains("error decoding gzip stream: ");
    }

    @Test
    void rejects_a_long_body_before_it_arrives() {
        String refusal = "max request size (10485760 bytes) exceeded";
        assertThat(send(create("Content-Length: 10485761\r\n")))
                .startsWith("HTTP/1.1 413 ")
                .endsWith(refusal);
        assertThat(send(create("Content-Length: 99999999999\r\n"))).startsWith("HTTP/1.1 413 ");
        String chunk = "100000\r\n" + "x".repeat(MEGABYTE) + "\r\n";
        assertThat(send(create("Transfer-Encoding: chunked\r\n") + chunk.repeat(11)))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void responds_401_before_the_body_arrives() {
        assertThat(send(create("Content-Length: 1000000\r\n").replace(operator, "apiv3_unknown")))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void rejects_random_bytes() {
        var random = new Random(42);
        for (int i = 0; i < 200; i++) {
            byte[] body = new byte[random.nextInt(1, 200)];
            random.nextBytes(body);
            assertThat(send(create("", body))).startsWith("HTTP/1.1 400 ");
            byte[] request = new byte[random.nextInt(1, 200)];
            random.nextBytes(request);
            assertThat(RawConnection.exchangeAndHangUp(server.port(), request)).doesNotStartWith("HTTP/1.1 5");
        }
    }
}
