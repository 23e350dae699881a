package io.latchkey.http.forwardauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import io.latchkey.http.UnixConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener for verdicts and nothing else, on a port and on a Unix-domain socket. */
final class VerifyServerTest {
    private static final String VERIFY = "GET /api/v1/verify HTTP/1.1\r\nHost: a\r\n";
    private static final String CLOSE = "Connection: close\r\n";
    private static final String SECRET = "Authorization: Bearer SECRET\r\n";

    private static final String BROKEN_BODY =
            VERIFY + SECRET + "Transfer-Encoding: chunked\r\n\r\nX\r\n" + VERIFY + SECRET + "\r\n";

    @TempDir
    static Path folder;

    private static UnixConnection socket = new UnixConnection(Path.of(""));
    private static RunningServer onSocket = new RunningServer(Map.of());
    private static RunningServer onPort = onSocket;
    private static String operator = "";
    private static String otherOperator = "";

    @BeforeAll
    static void start() {
        onSocket.close();
        Path file = folder.resolve("verify.sock");
        socket = new UnixConnection(file);
        onSocket = new RunningServer(Map.of(VerifyServer.AT, file.toString()));
        onPort = new RunningServer(Map.of(VerifyServer.AT, "127.0.0.1"));
        operator = onSocket.operator();
        otherOperator = onPort.operator();
    }

    @AfterAll
    static void stop() {
        onSocket.close();
        onPort.close();
    }

    private static int verifyPort() {
        return onPort.bean(VerifyServer.class).port();
    }

    private static String exchange(int port, String request) {
        return RawConnection.exchange(port, request.getBytes(UTF_8));
    }

    /** What programs, strangers and smugglers send. */
    static List<String> requests() {
        Stream<String> heads = Stream.of(
                VERIFY + SECRET + CLOSE + "\r\n",
                VERIFY + CLOSE + "\r\n",
                "HEAD /api/v1/verify HTTP/1.1\r\nHost: a\r\n" + CLOSE + "\r\n",
                "GET /api/v1/verify HTTP/1.0\r\n" + SECRET + "\r\n",
                "GET http://a/api/v1/verify?status=200 HTTP/1.1\r\nHost: a\r\n" + SECRET + CLOSE + "\r\n",
                "GET /api/v1/verify?kind=named HTTP/1.1\r\nHost: a\r\n" + SECRET + CLOSE + "\r\n",
                "GET /api/v1/verify?strict&nonsense HTTP/1.1\r\nHost: a\r\n" + SECRET + CLOSE + "\r\n",
                "GET /api/v1/verify/request HTTP/1.1\r\nHost: a\r\n" + SECRET
                        + "X-Forwarded-Method: GET\r\nX-Forwarded-Host: a\r\nX-Forwarded-Uri: /\r\n" + CLOSE + "\r\n",
                VERIFY + SECRET + SECRET + CLOSE + "\r\n",
                VERIFY + SECRET + "\r\n" + VERIFY + CLOSE + "\r\n",
                VERIFY + SECRET + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc" + VERIFY + SECRET + "\r\n",
                VERIFY + SECRET + "X-Large: " + "x".repeat(100_000) + "\r\n\r\n" + VERIFY + SECRET + "\r\n",
                VERIFY + SECRET + "X-More: 1\r\n".repeat(300) + "\r\n",
                "GET /api/v1/verify?" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: a\r\n" + SECRET + CLOSE + "\r\n",
                "GET /api/v1/verify HTTP/1.1\r\n" + SECRET + "\r\n",
                "GET /api/v1/verify HTTP/2.0\r\nHost: a\r\n" + SECRET + "\r\n",
                BROKEN_BODY,
                VERIFY + SECRET + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n" + VERIFY + CLOSE + "\r\n");
        Stream<String> ambiguous = Stream.of(
                        "Host: b\r\n",
                        "Content-Length: 3\r\nContent-Length: 4\r\n",
                        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                        "Content-Length: +5\r\n",
                        "Content-Length : 5\r\n",
                        "Transfer-Encoding: chunked, identity\r\n",
                        "Transfer-Encoding: xchunked\r\n",
                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                        "Transfer-Encoding:\u000bchunked\r\n")
                .map(line -> VERIFY + SECRET + line + "\r\n0\r\n\r\n" + VERIFY + SECRET + CLOSE + "\r\n");
        Stream<String> malformed = Stream.of(
                        " folded: 1\r\n", "broken header: 1\r\n", "X: 1\rY: 2\r\n", "X: 1\u0000\r\n", ": 1\r\n")
                .map(line -> VERIFY + SECRET + line + "\r\n" + VERIFY + SECRET + CLOSE + "\r\n");
        return Stream.of(heads, ambiguous, malformed).flatMap(part -> part).toList();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void answers_as_the_main_listener_does(String request) throws IOException {
        String sent = request.replace("SECRET", operator);
        String expected = exchange(onSocket.port(), sent);
        assertThat(expected.isEmpty()).isEqualTo(request.equals(BROKEN_BODY));
        assertThat(socket.exchange(sent)).isEqualTo(expected);
        assertThat(exchange(verifyPort(), request.replace("SECRET", otherOperator)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/readyz",
                "/metrics",
                "/console/",
                "/api/v1/tokens",
                "/api/v1/verify/",
                "/api/v1/verifyx",
                "/api/v1/verify/batch",
                "/api/v1/verify/request/",
                "/api/v1//verify",
                "/oauth2/introspect",
            })
    void serves_nothing_else(String path) throws IOException {
        for (String method : List.of("GET", "POST", "DELETE")) {
            String request = method + " " + path + " HTTP/1.1\r\nHost: a\r\n" + SECRET.replace("SECRET", operator)
                    + "Content-Length: 3\r\n" + CLOSE + "\r\n{}\n";
            assertThat(socket.exchange(request))
                    .startsWith("HTTP/1.1 404 Not Found\r\n")
                    .contains("content-type: application/problem+json\r\n", "cache-control: no-store\r\n")
                    .contains("\"urn:latchkey:no-such-path\"")
                    .doesNotContain("access-control");
        }
    }

    @Test
    void keeps_a_connection_after_404_and_answers_in_order() throws IOException {
        String other = "POST /api/v1/tokens HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n{}\n";
        String answers = socket.exchange(VERIFY + SECRET.replace("SECRET", operator) + "\r\n" + other + VERIFY + "\r\n"
                + other + VERIFY + CLOSE + "\r\n");
        assertThat(Pattern.compile("HTTP/1.1 ([0-9]+) ")
                        .matcher(answers)
                        .results()
                        .map(found -> found.group(1)))
                .containsExactly("204", "404", "401", "404", "401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /readyz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET /readyz HTTP/1.1\r\nHost: a\r\nbroken header: 1\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            })
    void refuses_what_is_not_valid_and_closes(String request) throws IOException {
        String answer = socket.exchange(request + VERIFY + SECRET.replace("SECRET", operator) + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 Bad Request\r\n").doesNotContain(" 204 ");
    }

    @Test
    void does_not_wait_for_a_body_that_may_not_come() throws IOException {
        assertThat(socket.exchange("POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ")
                .contains("connection: close\r\n");
    }

    @Test
    void is_unavailable_while_the_store_is() throws IOException {
        try (var server = new RunningServer(Map.of(VerifyServer.AT, "127.0.0.1"))) {
            String sent = VERIFY + SECRET.replace("SECRET", server.operator()) + CLOSE + "\r\n";
            int port = server.bean(VerifyServer.class).port();
            assertThat(exchange(port, sent)).startsWith("HTTP/1.1 204 ");
            server.breakDown();
            assertThat(exchange(port, sent)).startsWith("HTTP/1.1 503 ").isEqualTo(exchange(server.port(), sent));
            server.repair();
            assertThat(exchange(port, sent)).startsWith("HTTP/1.1 204 ");
        }
    }
}
