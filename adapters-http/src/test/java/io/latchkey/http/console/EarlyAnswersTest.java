package io.latchkey.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import io.latchkey.http.console.Browser.Reply;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for the console that are answered before the console sees them. */
final class EarlyAnswersTest {
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = new RunningServer(Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> requests() {
        String host = "Host: localhost\r\nConnection: close\r\n";
        return Stream.of(
                Arguments.of(400, "GET /console/ HTTP/1.1\r\n" + host + "Host: evil.example\r\n\r\n"),
                Arguments.of(400, "GET /console/ HTTP/1.1\r\nConnection: close\r\n\r\n"),
                Arguments.of(400, "GET /console/ HTTP/1.1\r\n" + host + "no colon\r\n\r\n"),
                Arguments.of(400, "GET /console/ HTTP/1.1\r\n" + host + "a b: c\r\n\r\n"),
                Arguments.of(400, "GET /console/ HTTP/3.7\r\n" + host + "\r\n"),
                Arguments.of(431, "GET /console/ HTTP/1.1\r\n" + host + "a: b\r\n".repeat(300) + "\r\n"),
                Arguments.of(431, "GET /console/ HTTP/1.1\r\n" + host + "a: " + "b".repeat(70_000) + "\r\n\r\n"),
                Arguments.of(405, "PUT /console/tokens HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n"),
                Arguments.of(405, "PATCH /console HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n"),
                Arguments.of(405, "TRACE /console/ HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(405, "BREW /console/ HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(303, "HEAD /console/ HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(405, "OPTIONS /console/ HTTP/1.1\r\n" + host + "Origin: http://evil.example\r\n\r\n"),
                Arguments.of(413, "POST /console/sign-in HTTP/1.1\r\n" + host + "Content-Length: 99999999\r\n\r\n"),
                Arguments.of(413, "POST /console/tokens HTTP/1.1\r\n" + host + "Content-Length: 9000\r\n\r\n"),
                Arguments.of(400, "POST /console/sign-in HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\n\r\n"),
                Arguments.of(400, "POST /console/sign-in HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n"),
                Arguments.of(
                        400, "POST /console/sign-in HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
                Arguments.of(303, "GET /console HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(404, "GET /console// HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(303, "GET http://localhost/console/tokens HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(404, "GET /console/assets/no.css HTTP/1.1\r\n" + host + "\r\n"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void every_answer_has_the_policy(int status, String request) {
        Reply reply = new Reply(RawConnection.exchange(server.port(), request.getBytes(UTF_8)));
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        PagePolicyTest.assertPolicy(reply);
        assertThat(reply.headers("cache-control")).as(reply.text()).containsExactly("no-store");
    }

    /** Then the server does not know that it was one for the console. */
    @ParameterizedTest
    @ValueSource(strings = {"/console/%zz", "/console/<", "TOO LONG"})
    void the_answer_to_a_request_whose_path_cannot_be_read_has_the_policy(String path) {
        String target = path.equals("TOO LONG") ? "/console/?q=" + "b".repeat(70_000) : path;
        String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        Reply reply = new Reply(RawConnection.exchange(server.port(), request.getBytes(UTF_8)));
        assertThat(reply.status()).as(reply.text()).isIn(400, 431);
        PagePolicyTest.assertRestricted(reply);
    }

    static List<String> others() {
        return List.of("/%63onsole/", "/%63onsole/sign-in", "//console/", "/x/../console/", "/console;a/", "/consolex");
    }

    /** A path that only looks like the console is none, so no page can come from it. */
    @ParameterizedTest
    @MethodSource("others")
    void no_page_comes_from_another_spelling(String path) {
        Reply reply = new Reply(RawConnection.exchange(
                server.port(),
                ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(UTF_8)));
        assertThat(reply.status()).as(reply.text()).isIn(400, 401, 404);
        assertThat(reply.text()).doesNotContain("<html");
    }
}
