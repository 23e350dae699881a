package io.latchkey.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.NewToken;
import io.latchkey.application.TokenFilter;
import io.latchkey.application.TokenPage;
import io.latchkey.application.TokenQuery;
import io.latchkey.application.TokenSummary;
import io.latchkey.application.remote.ServerAnswer;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.NamePattern;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.CannedServer;
import io.latchkey.http.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client with servers that are not Latchkey, fail, or do not exist. */
final class RemoteProblemTest {
    private static final String SECRET = "apiv3_not-to-be-seen";
    private static final TokenName CI = new TokenName("ci");

    private static ActorAccess at(URI address) {
        return new HttpRemoteAuthorities().at(address, ServerTrust.DEFAULT, Optional.of(TokenSecret.presented(SECRET)));
    }

    @Test
    void an_influxdb_3_is_asked_on_its_own_endpoints() throws IOException {
        String issued = "{\"id\":7,\"name\":\"ci\",\"token\":\"apiv3_x\",\"hash\":\"" + "ab".repeat(64)
                + "\",\"created_at\":\"2025-04-18T14:02:45Z\",\"expiry\":\"2025-04-18T14:03:45.001Z\"}";
        try (var influx = CannedServer.answering(201, "json", issued)) {
            var administration = at(influx.address());
            assertThat(administration
                            .tokens()
                            .createNamed(CI, new Lifetime.Span(Duration.ofMillis(1999)), Description.NONE)
                            .secret()
                            .reveal())
                    .isEqualTo("apiv3_x");
            assertThat(influx.received())
                    .startsWith("POST /api/v3/configure/token/named_admin HTTP/1.1\r\n")
                    .contains("Authorization: Bearer " + SECRET + "\r\n")
                    .doesNotContainIgnoringCase("upgrade")
                    .endsWith("{\"token_name\":\"ci\",\"expiry_secs\":1}");
            administration.tokens().createOperator();
            assertThat(influx.received()).startsWith("POST /api/v3/configure/token/admin HTTP/1.1\r\n");
            administration.tokens().regenerateOperator();
            assertThat(influx.received()).startsWith("POST /api/v3/configure/token/admin/regenerate HTTP/1.1\r\n");
        }
        try (var influx = new CannedServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            at(influx.address()).tokens().revoke(new TokenName("a b&c"), Precondition.NONE);
            assertThat(influx.received()).startsWith("DELETE /api/v3/configure/token?token_name=a%20b%26c HTTP/1.1");
        }
    }

    @Test
    void an_influxdb_3_enterprise_is_asked_for_resource_tokens_on_its_own_endpoint() throws IOException {
        String issued = "{\"id\":7,\"name\":\"ci\",\"token\":\"apiv3_x\",\"hash\":\"" + "ab".repeat(64)
                + "\",\"created_at\":\"2025-04-18T14:02:45Z\",\"expiry\":null}";
        try (var influx = new CannedServer(request -> request.startsWith("POST /api/v3/enterprise/configure/token ")
                ? CannedServer.answer(201, "json", issued)
                : CannedServer.answer(404, "text/plain", "Not found"))) {
            var permissions = Permissions.parse(List.of("db:b,a:write,read", "system:*:read"));
            Attributes attributes = Attributes.ADMIN.with(permissions);
            var tokens = at(influx.address()).tokens();
            var token = new NewToken(CI, new Lifetime.Span(Duration.ofSeconds(5)), Description.NONE, attributes);
            assertThat(tokens.create(token).secret().reveal()).isEqualTo("apiv3_x");
            assertThat(influx.received())
                    .endsWith(
                            "{\"token_name\":\"ci\",\"permissions\":[{\"resource_type\":\"db\",\"resource_names\":[\"a\",\"b\"],"
                                    + "\"actions\":[\"read\",\"write\"]},{\"resource_type\":\"system\",\"resource_names\":[\"*\"],"
                                    + "\"actions\":[\"read\"]}],\"expiry_secs\":5}");
            // What it has no fields for is not dropped: the first answer counts.
            var described = new NewToken(CI, Lifetime.UNLIMITED, new Description("d"), attributes);
            assertThatThrownBy(() -> tokens.create(described)).isInstanceOf(AuthorityUnavailable.class);
            assertThat(influx.received()).startsWith("POST /api/v1/tokens ");
        }
    }

    @Test
    void an_influxdb_3_tells_what_a_list_shows_by_its_own_table() throws IOException {
        String rows = """
                [{"token_id":0,"name":"_admin","hash":"a1b2c3d4e","created_at":"2025-04-18T14:02:45.331",\
                "updated_at":"2025-06-01T09:00:00","updated_by_token_id":0,"permissions":"*:*:*"},\
                {"token_id":1,"name":"_odd\\nname ","created_at":"2025-04-18T14:03:10",\
                "expiry":"2025-04-28T14:03:10.007","description":"not in Core"}]""";
        try (var influx = influx(200, "application/json", rows)) {
            assertThat(at(influx.address()).tokens().summaries())
                    .containsExactly(
                            new TokenSummary(
                                    "_admin",
                                    Expiry.NEVER,
                                    Optional.empty(),
                                    Instant.parse("2025-04-18T14:02:45.331Z"),
                                    "",
                                    Optional.empty()),
                            new TokenSummary(
                                    "_odd\nname ",
                                    Expiry.at(Instant.parse("2025-04-28T14:03:10.007Z")),
                                    Optional.empty(),
                                    Instant.parse("2025-04-18T14:03:10Z"),
                                    "not in Core",
                                    Optional.empty()));
            assertThat(influx.received())
                    .endsWith("{\"db\":\"_internal\",\"q\":\"select * from system.tokens\",\"format\":\"json\"}");
        }
    }

    private static CannedServer influx(int status, String type, String table) {
        return new CannedServer(head -> head.startsWith("POST /api/v3/query_sql ")
                ? CannedServer.answer(status, type, table)
                : CannedServer.answer(404, "text/plain", "Not found"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "[",
                "[{\"name\":\"x\"}]",
                "[{\"created_at\":\"2025-04-18T14:03:10\"}]",
                "[{\"name\":\"x\",\"created_at\":\"yesterday\"}]",
                "[{\"name\":\"x\",\"created_at\":\"2025-04-18T14:03:10\",\"expiry\":\"+999999999-12-31T23:59:59\"}]"
            })
    void rejects_a_table_that_does_not_list_tokens(String table) throws IOException {
        try (var influx = influx(200, "application/json", table)) {
            assertThatThrownBy(() -> at(influx.address()).tokens().summaries())
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessageEndingWith(
                            "answered 200: the response is not that of a token authority; check the address");
        }
    }

    @Test
    void does_not_query_a_server_that_refuses_the_list() throws IOException {
        try (var server = new CannedServer(head -> head.startsWith("GET ")
                ? CannedServer.answer(401, "application/json", "{\"error\": \"the request was not authenticated\"}")
                : CannedServer.answer(200, "application/json", "[]"))) {
            assertThatThrownBy(() -> at(server.address()).tokens().summaries())
                    .isInstanceOf(TokenFailure.Unauthenticated.class);
        }
        try (var influx = influx(401, "application/json", "{\"error\": \"the request was not authenticated\"}")) {
            assertThatThrownBy(() -> at(influx.address()).tokens().summaries())
                    .isInstanceOf(TokenFailure.Unauthenticated.class);
        }
    }

    @Test
    void lists_the_tokens_of_a_latchkey_without_authentication() {
        try (var server = new RunningServer(Map.of("latchkey.server.without-auth", true))) {
            server.operator();
            assertThat(at(URI.create("http://127.0.0.1:" + server.port()))
                            .tokens()
                            .summaries())
                    .containsExactly(new TokenSummary(
                            "_admin", Expiry.NEVER, Optional.empty(), server.clock.instant(), "", Optional.empty()));
        }
    }

    @Test
    void lists_all_tokens_of_a_server_without_pages_and_rejects_filters() throws IOException {
        try (var server = CannedServer.answering(200, "application/json", "{\"tokens\":[]}")) {
            assertThat(at(server.address()).tokens().page(TokenQuery.ALL))
                    .isEqualTo(new TokenPage(List.of(), Optional.empty()));
        }
        try (var server = CannedServer.answering(200, "application/json", "{\"tokens\":[]}")) {
            TokenQuery filtered = TokenQuery.of(Optional.of(NamePattern.parse("a*")), TokenFilter.EVERY);
            assertThatThrownBy(() -> at(server.address()).tokens().page(filtered))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(server.address()
                            + " answered 200: the response has all tokens, because the server is older than"
                            + " this command and cannot filter");
        }
    }

    @Test
    void rejects_a_list_whose_pages_do_not_advance() throws IOException {
        String token = "{\"id\":7,\"version\":1,\"name\":\"a\",\"hash\":\"" + "a".repeat(128)
                + "\",\"description\":\"\",\"created_at\":\"2026-03-01T12:00:00Z\"}";
        for (String page : List.of("{\"tokens\":[" + token + "],\"next\":3}", "{\"tokens\":[],\"next\":0}")) {
            try (var server = CannedServer.answering(200, "application/json", page)) {
                assertThatThrownBy(() -> at(server.address()).tokens().page(TokenQuery.ALL.after(new TokenId(5))))
                        .isInstanceOf(AuthorityUnavailable.class)
                        .hasMessageEndingWith("the response is not that of a token authority; check the address");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            401 | application/json         | {"error": "the request was not authenticated"}   | server responded with error [401 Unauthorized]: {"error": "the request was not authenticated"}
            403 | application/json         | {"error": "requestor is forbidden from requested resource"} | server responded with error [403 Forbidden]: {"error": "requestor is forbidden from requested resource"}
            404 | text/plain               | the requested resource was not found: foo        | server responded with error [404 Not Found]: the requested resource was not found: foo
            404 | application/problem+json | {"type":"urn:latchkey:no-such-token","detail":"the requested resource was not found: foo"} | server responded with error [404 Not Found]: the requested resource was not found: foo
            """)
    void quotes_the_server_as_influxdbs_command_line_does(int status, String type, String body, String told)
            throws IOException {
        try (var server = CannedServer.answering(status, type, body)) {
            assertThatThrownBy(() -> at(server.address()).tokens().revoke(new TokenName("foo"), Precondition.NONE))
                    .isInstanceOf(TokenFailure.class)
                    .cause()
                    .isInstanceOf(ServerAnswer.class)
                    .hasMessage(told);
        }
    }

    @Test
    void quotes_a_server_without_authentication() throws IOException {
        try (var server = CannedServer.answering(405, "text/plain", "endpoint disabled, started without auth")) {
            assertThatThrownBy(() -> at(server.address()).tokens().createOperator())
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(
                            "server responded with error [405 Method Not Allowed]: endpoint disabled, started without"
                                    + " auth (" + server.address() + ")");
        }
    }

    @Test
    void keeps_the_path_of_the_server_address() throws IOException {
        try (var server = CannedServer.answering(200, "application/json", "{\"tokens\":[]}")) {
            at(URI.create(server.address() + "/auth/")).tokens().list();
            assertThat(server.received()).startsWith("GET /auth/api/v1/tokens?limit=1000 HTTP/1.1\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | {"error": "the request was not authenticated"}          | Unauthenticated
            401 |                                                         | Unauthenticated
            403 | {"error": "requestor is forbidden from requested resource"} | Forbidden
            404 | the requested resource was not found: ci                | NotFound
            404 | missing admin token, cannot update                      | NoOperator
            500 | missing admin token, cannot update                      | NoOperator
            409 | token name already exists, ci                           | NameTaken
            409 | another token already has this secret                   | SecretTaken
            405 | cannot delete operator token                            | OperatorCannotBeDeleted
            400 | token name must not be empty                            | Invalid
            """)
    void an_influxdb_3s_refusals_are_told_in_our_words(int status, String body, String failure) throws IOException {
        try (var server = new CannedServer(
                "HTTP/1.1 " + status + " X\r\nConnection: close\r\n\r\n" + (body == null ? "" : body))) {
            assertThatThrownBy(
                            () -> at(server.address()).tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE))
                    .isInstanceOf(TokenFailure.class)
                    .extracting(e -> e.getClass().getSimpleName())
                    .isEqualTo(failure);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | text/html        | <html>apiv3_not-to-be-seen</html>
            200 | application/json | {"id":1}
            200 | application/json | {"id":1,"name":"ci","token":"apiv3_not-to-be-seen","hash":"00"
            201 | application/json |
            301 | text/html        | <html>moved</html>
            400 | text/html        | <html>apiv3_not-to-be-seen</html>
            403 | text/html        | <html>no</html>
            404 | text/plain       | Not found
            404 | text/plain       | the requested resource was not found: another
            409 | text/plain       | something else
            413 | text/plain       | max request size (10 bytes) exceeded
            500 | application/json | {"error": "internal error"}
            502 | text/html        | <html>bad gateway</html>
            400 | application/problem+json | {"type":"urn:latchkey:
            400 | application/problem+json | {"type":"about:blank"}
            """)
    void any_other_response_is_unexpected(int status, String type, String body) throws IOException {
        try (var server = CannedServer.answering(status, type, body == null ? "" : body)) {
            assertThatThrownBy(
                            () -> at(server.address()).tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessageStartingWith(server.address() + " answered " + status + ": ")
                    .hasMessageNotContaining(SECRET)
                    .hasNoCause();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\"", "HTTP/1.1 20"})
    void reports_a_response_that_breaks_off(String answer) throws IOException {
        try (var server = new CannedServer(answer)) {
            assertThatThrownBy(() -> at(server.address()).tokens().list())
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage("cannot reach " + server.address()
                            + ": the connection was closed before the response was complete; check the port, and see the"
                            + " log of the server and of any proxy in between");
        }
    }

    @Test
    void reports_a_response_that_is_not_http() throws IOException {
        try (var server = new CannedServer("SSH-2.0-OpenSSH_9.2\r\n")) {
            assertThatThrownBy(() -> at(server.address()).tokens().list())
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage("cannot reach " + server.address() + ": the response is not HTTP; check the port");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The plain HTTP request was sent to HTTPS port",
                "You're speaking plain HTTP to an SSL-enabled server port.",
                "Client sent an HTTP request to an HTTPS server.\n",
                "This combination of host and port requires TLS."
            })
    void reports_a_proxy_that_expects_tls(String page) throws IOException {
        for (String type : List.of("text/html", "application/octet-stream")) {
            try (var server = CannedServer.answering(400, type, page)) {
                assertThatThrownBy(() -> at(server.address()).tokens().list())
                        .hasMessage(server.address()
                                + " answered 400: it expects TLS; check whether the address begins with https://");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://user:pw@tokens.test:8443/x?token=y | , https://tokens.test:8443
            https://tokens.test/                       | , https://tokens.test
            /elsewhere                                 | ''
            not a URI                                  | ''
            """)
    void reports_the_server_of_a_redirect(String location, String hint) throws IOException {
        try (var server =
                new CannedServer("HTTP/1.1 308 X\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n")) {
            assertThatThrownBy(() -> at(server.address()).tokens().list())
                    .hasMessage(server.address() + " answered 308: it redirects to another address" + hint);
        }
    }

    @Test
    void reports_a_server_that_does_not_listen() throws IOException {
        URI closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        assertThatThrownBy(() -> at(closed).tokens().list())
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage("cannot reach " + closed
                        + ": connection refused; check that the server is running and that this is its port");
        assertThatThrownBy(
                        () -> at(URI.create("http://latchkey.invalid")).tokens().list())
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage("cannot reach http://latchkey.invalid: unknown host; check the name and the DNS of this"
                        + " machine");
    }

    @Test
    void reports_a_server_without_tls() throws IOException {
        try (var server = CannedServer.answering(200, "application/json", "{}")) {
            URI address = URI.create(server.address().toString().replace("http:", "https:"));
            assertThatThrownBy(() -> at(address).tokens().list())
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(
                            "cannot reach " + address
                                    + ": the server does not use TLS on this port; check whether the address begins with http://");
        }
    }

    @Test
    void rejects_a_secret_that_does_not_fit_into_a_header() {
        for (String secret : List.of("", "a b", "line\r\nInjected: yes", "ü")) {
            var administration = new HttpRemoteAuthorities()
                    .at(
                            URI.create("http://127.0.0.1:1"),
                            ServerTrust.DEFAULT,
                            Optional.of(TokenSecret.presented(secret)));
            assertThatThrownBy(administration.tokens()::list)
                    .isInstanceOf(TokenFailure.Unauthenticated.class)
                    .hasMessage("the request was not authenticated");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org",
                "example.org",
                "http:/nothing",
                "http://x:99999",
                "http:///x",
                "mailto:a@b",
                "file:///etc/passwd"
            })
    void rejects_an_invalid_server_address(String address) {
        assertThatThrownBy(() -> at(URI.create(address)).tokens().list())
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage("cannot reach " + address + ": expected an address like http://127.0.0.1:8181");
    }

    @Test
    void does_not_show_a_password_in_the_address() {
        assertThatThrownBy(() -> at(URI.create("http://user:hunter2@127.0.0.1:1"))
                        .tokens()
                        .list())
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageNotContaining("hunter2");
    }
}
