package io.latchkey.http.forwardauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.application.ManualClock;
import io.latchkey.application.ManualTicker;
import io.latchkey.application.NewToken;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenName;
import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import io.latchkey.http.server.CommonHeaders;
import io.latchkey.http.server.OpenConnections;
import io.latchkey.http.server.RequestCounts;
import io.latchkey.http.server.TrustedProxies;
import io.latchkey.http.wire.Paths;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForwardAuthTest {
    private static final String ACCEPTED = "HTTP/1.1 204 No Content";
    private static final String REFUSED = "HTTP/1.1 401 Unauthorized";

    private RunningServer server = new RunningServer();
    private String operator = "";
    private String named = "";

    @BeforeEach
    void issue() {
        operator = server.operator();
        named = create("ci-1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void identifies_the_token() {
        assertThat(ask("GET /api/v1/verify", bearer(operator))).isEqualTo("""
                        HTTP/1.1 204 No Content
                        X-Token-Id: 0
                        X-Token-Name: _admin
                        X-Token-Kind: operator
                        X-Token-Expires:\s
                        date: Sun, 01 Mar 2026 12:00:00 GMT
                        cache-control: no-store
                        connection: close

                        """);
        assertThat(ask("GET /api/v1/verify?status=200", bearer(create("ü b", Duration.ofDays(1)))))
                .isEqualTo("""
                        HTTP/1.1 200 OK
                        X-Token-Id: 2
                        X-Token-Name: %C3%BC%20b
                        X-Token-Kind: named
                        X-Token-Expires: 2026-03-02T12:00:00.123Z
                        content-length: 0
                        date: Sun, 01 Mar 2026 12:00:00 GMT
                        cache-control: no-store
                        connection: close

                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"})
    void answers_requests_of_any_method(String method) {
        assertThat(ask(method + " /api/v1/verify", bearer(named))).startsWith(ACCEPTED);
        String refusal = ask(method + " /api/v1/verify");
        assertThat(refusal).startsWith(REFUSED).contains("www-authenticate: Bearer realm=\"latchkey\"\n");
        assertThat(refusal.endsWith("\n\n")).isEqualTo(method.equals("HEAD"));
    }

    @Test
    void accepts_all_schemes_of_the_authorization_header() {
        assertThat(ask("GET /api/v1/verify", "Authorization: Token " + named)).startsWith(ACCEPTED);
        assertThat(ask("GET /api/v1/verify", "Authorization: Basic " + base64("who:" + named)))
                .startsWith(ACCEPTED);
    }

    @Test
    void gives_the_same_refusal_for_all_reasons() {
        String expired = create("expired", Duration.ofSeconds(1));
        server.clock.advance(Duration.ofSeconds(1));
        String revoked = create("revoked");
        server.authority.actingAs(new Actor.FileOwner()).tokens().revoke(new TokenName("revoked"), Precondition.NONE);
        List<String> wrong = List.of(
                "X-Nothing: 1",
                "Authorization:",
                "Authorization: " + named,
                "Authorization: Bearer",
                "Authorization: Bearer  " + named,
                "Authorization: Digest " + named,
                "Authorization: Basic " + named,
                "Authorization: Basic " + base64(named),
                "Authorization: Bearer apiv3_unknown",
                bearer(expired),
                bearer(revoked),
                bearer(named) + "\r\n" + bearer(operator),
                bearer(named) + "\r\nAuthorization: ",
                bearer(named) + "\r\nbroken header: 1",
                bearer(named) + "\r\nX-Large: " + "x".repeat(100_000),
                "X-Api-Key: " + named);
        Set<String> answers = new HashSet<>();
        for (String headers : wrong) {
            answers.add(ask("GET /api/v1/verify", headers));
        }
        answers.add(ask("GET /api/v1/verify?kind=operator", bearer(named)));
        answers.add(ask("GET /api/v1/verify?kind=named", bearer(operator)));
        answers.add(ask("GET /api/v1/verify?name=cd-*", bearer(named)));
        answers.add(ask("GET /api/v1/verify?status=200"));
        answers.add(ask("GET /api/v1/verify?p=" + named + "&token=" + named + "&access_token=" + named));
        assertThat(answers).containsExactly("""
                        HTTP/1.1 401 Unauthorized
                        www-authenticate: Bearer realm="latchkey"
                        content-type: application/problem+json
                        content-length: 120
                        date: Sun, 01 Mar 2026 12:00:01 GMT
                        cache-control: no-store
                        connection: close

                        {"type":"urn:latchkey:unauthenticated","title":"Unauthorized","status":401,"detail":"the request was not authenticated"}""");
    }

    @Test
    void names_the_permission_that_a_live_token_lacks() {
        String alice = resource("alice", "grafana:prod:read", "grafana:test:*");
        String mapped = "GET /api/v1/verify?strict&permission=grafana:prod:{method}&method-header=X-Forwarded-Method";
        assertThat(ask(mapped, "X-Forwarded-Method: HEAD", bearer(alice))).startsWith(ACCEPTED);
        assertThat(ask(mapped, "X-Forwarded-Method: DELETE", bearer(operator))).startsWith(ACCEPTED);
        assertThat(ask(mapped, "X-Forwarded-Method: DELETE", bearer(named))).startsWith(ACCEPTED);
        String lacks = ask(mapped, "X-Forwarded-Method: DELETE", bearer(alice));
        assertThat(lacks).isEqualTo("""
                        HTTP/1.1 403 Forbidden
                        www-authenticate: Bearer realm="latchkey", error="insufficient_scope", scope="grafana:prod:write"
                        content-type: application/problem+json
                        content-length: 138
                        date: Sun, 01 Mar 2026 12:00:00 GMT
                        cache-control: no-store
                        connection: close

                        {"type":"urn:latchkey:insufficient-scope","title":"Forbidden","status":403,"detail":"the token lacks a permission that the request needs"}""");
        assertThat(ask(mapped, "X-Forwarded-Method: GET", "X-Forwarded-Upgrade: websocket", bearer(alice)))
                .isEqualTo(lacks);
        assertThat(ask(mapped, bearer(operator))).startsWith(REFUSED);
        assertThat(ask(mapped, "X-Forwarded-Method: DELETE", bearer("apiv3_unknown")))
                .startsWith(REFUSED);
    }

    @Test
    void answers_the_same_whichever_permission_is_missing() {
        String both = "GET /api/v1/verify?permission=a:x:read&permission=b:x:read";
        Set<String> answers = new HashSet<>();
        answers.add(ask(both, bearer(resource("one", "a:x:read"))));
        answers.add(ask(both, bearer(resource("other", "b:x:read"))));
        answers.add(ask(both, bearer(resource("neither"))));
        assertThat(answers).singleElement().asString().contains("scope=\"a:x:read b:x:read\"");
        assertThat(ask(both, bearer(resource("both", "a:x:read", "b:x:read")))).startsWith(ACCEPTED);
    }

    @Test
    void tells_the_kinds_of_tokens_apart() {
        String alice = resource("alice", "grafana:prod:read");
        assertThat(ask("GET /api/v1/verify?kind=resource", bearer(alice)))
                .startsWith(ACCEPTED)
                .contains("\nX-Token-Kind: resource\n");
        assertThat(ask("GET /api/v1/verify?kind=resource", bearer(named))).startsWith(REFUSED);
        assertThat(ask("GET /api/v1/verify?kind=resource", bearer(operator))).startsWith(REFUSED);
        for (String other : List.of("named", "operator", "admin")) {
            assertThat(ask("GET /api/v1/verify?kind=" + other, bearer(alice))).startsWith(REFUSED);
        }
        // Of another kind than required, it learns nothing of permissions.
        assertThat(ask("GET /api/v1/verify?kind=named&permission=a:b:c", bearer(alice)))
                .isEqualTo(ask("GET /api/v1/verify"));
    }

    @Test
    void shows_permissions_if_asked() {
        String alice = resource("alice", "grafana:ü:read", "b:x:*");
        assertThat(ask("GET /api/v1/verify?strict&show=permissions", bearer(alice)))
                .startsWith(ACCEPTED)
                .contains("\nX-Token-Permissions: b:x:* grafana:%C3%BC:read\n");
        assertThat(ask("GET /api/v1/verify?show=permissions", bearer(named)))
                .contains("\nX-Token-Permissions: *:*:*\n");
        assertThat(ask("GET /api/v1/verify", bearer(alice)))
                .startsWith(ACCEPTED)
                .doesNotContain("Permissions");
        assertThat(ask("GET /api/v1/verify?show=secrets", bearer(alice)))
                .startsWith(ACCEPTED)
                .doesNotContain("Permissions");
        assertThat(ask("GET /api/v1/verify?strict&show=secrets", bearer(alice))).startsWith(REFUSED);
    }

    @Test
    void keeps_a_missing_permission_quiet_if_told_to() {
        server.close();
        server = new RunningServer(Map.of("latchkey.server.verify-insufficient", "401"));
        server.operator();
        String alice = resource("alice", "grafana:prod:read");
        assertThat(ask("GET /api/v1/verify?permission=grafana:prod:read", bearer(alice)))
                .startsWith(ACCEPTED);
        assertThat(ask("GET /api/v1/verify?permission=grafana:prod:write", bearer(alice)))
                .isEqualTo(ask("GET /api/v1/verify"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?",
                "?kind=named",
                "?name=ci-*",
                "?name=other,*-1&kind=named",
                "?next=/a|b{c}%zz%ff&&=&Kind&status=500&%6Bind=operator",
                "?x=" + "ü"
            })
    void accepts_a_token_that_meets_all_requirements(String query) {
        assertThat(ask("GET /api/v1/verify" + query, bearer(named))).startsWith(ACCEPTED);
    }

    @Test
    void ignores_forwarding_headers() {
        String forwarded = "X-Forwarded-For: 127.0.0.1\r\nForwarded: for=127.0.0.1\r\nX-Forwarded-User: _admin"
                + "\r\nX-Forwarded-Uri: /?kind=operator\r\nX-Forwarded-Method: POST\r\nX-Token-Name: _admin";
        assertThat(ask("GET /api/v1/verify", forwarded)).startsWith(REFUSED);
        assertThat(ask("GET /api/v1/verify", forwarded, bearer(named)))
                .isEqualTo(ask("GET /api/v1/verify", bearer(named)));
    }

    @Test
    void never_reads_the_body() {
        String body = "x".repeat(65536);
        String requests = head("POST /api/v1/verify", bearer(named), "Content-Length: 65536") + body
                + head("POST /api/v1/verify", bearer(named), "Transfer-Encoding: chunked") + "10000\r\n" + body
                + "\r\n0\r\n\r\n"
                + head("GET /api/v1/verify", bearer(named), "Connection: close");
        assertThat(statuses(requests)).containsExactly("204", "204", "204");
    }

    @Test
    void accepts_long_headers() {
        assertThat(ask("GET /api/v1/verify?next=" + "x".repeat(8_000), bearer(named), "Cookie: " + "x".repeat(30_000)))
                .startsWith(ACCEPTED);
    }

    @Test
    void closes_the_connection_after_expect_100_continue() {
        String request = head("POST /api/v1/verify", bearer(named), "Content-Length: 5", "Expect: 100-continue");
        assertThat(statuses(request + "12345" + head("GET /api/v1/verify"))).containsExactly("204");
    }

    @Test
    void discards_the_body_before_it_closes_the_connection() {
        var forwardAuth = new ForwardAuth(
                server.authority,
                new CredentialHeader(""),
                new TrustedProxies(List.of(), "X-Forwarded-For"),
                new VerdictResponses(server.bean(CommonHeaders.class), new RequestCounts(), "403"));
        var connection =
                new EmbeddedChannel(new ForwardAuthHandler(forwardAuth, new OpenConnections(1, System::nanoTime)));
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, Paths.VERIFY);
        request.headers().set("Connection", "close").set("Content-Length", 8);
        connection.writeInbound(request, new DefaultHttpContent(Unpooled.copiedBuffer("half", UTF_8)));
        assertThat(connection.<FullHttpResponse>readOutbound().status().code()).isEqualTo(401);
        assertThat(connection.isOpen()).isTrue();
        connection.writeInbound(new DefaultLastHttpContent(Unpooled.copiedBuffer("half", UTF_8)));
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void keeps_the_order_of_requests_on_one_connection() {
        var requests = new StringBuilder();
        var expected = new ArrayList<String>();
        for (int i = 0; i < 100; i++) {
            requests.append(head("GET /api/v1/tokens", bearer(named)))
                    .append(head("POST /api/v1/verify", bearer(named), "Content-Length: 3"))
                    .append("abc")
                    .append(head("GET /api/v1/whoami"))
                    .append(head("GET /api/v1/verify"));
            expected.addAll(List.of("200", "204", "401", "401"));
        }
        requests.append(head("GET /api/v1/verify", bearer(named), "Connection: close"));
        expected.add("204");
        assertThat(statuses(requests.toString())).isEqualTo(expected);
    }

    @Test
    void speaks_http_1_0() {
        String old = "GET /api/v1/verify HTTP/1.0\r\n" + bearer(named) + "\r\n";
        assertThat(statuses(old + "Connection: keep-alive\r\n\r\n" + old + "\r\n"))
                .containsExactly("204", "204");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://x/api/v1/verify",
                "HTTPS://tokens.example:8181/api/v1/verify?kind=named",
                "http://[::1]:1/api/v1/verify?name=ci-*"
            })
    void accepts_an_absolute_url(String target) {
        assertThat(ask("GET " + target, bearer(named))).startsWith(ACCEPTED);
        assertThat(ask("GET " + target)).startsWith(REFUSED);
        assertThat(ask("GET http://x/api/v1/verify?kind=operator", bearer(named)))
                .startsWith(REFUSED);
    }

    @Test
    void does_not_parse_requirements_without_a_live_token() {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, Paths.VERIFY + "?name=,");
        var forwardAuth = new ForwardAuth(
                server.authority,
                new CredentialHeader(""),
                new TrustedProxies(List.of(), "X-Forwarded-For"),
                new VerdictResponses(server.bean(CommonHeaders.class), new RequestCounts(), "403"));
        var required = new RequirementCache();
        var peer = new InetSocketAddress(0);
        assertThat(forwardAuth.answer(request, required, peer).status().code()).isEqualTo(401);
        assertThat(required).usingRecursiveComparison().isEqualTo(new RequirementCache());
        request.headers().set("Authorization", "Bearer " + operator);
        assertThat(forwardAuth.answer(request, required, peer).status().code()).isEqualTo(401);
        assertThat(required).usingRecursiveComparison().isNotEqualTo(new RequirementCache());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/verify/", "/api/v1/verifyx", "//api/v1/verify", "/API/v1/verify"})
    void answers_no_other_paths(String path) {
        assertThat(ask("GET " + path, bearer(named))).startsWith("HTTP/1.1 404");
        assertThat(ask("GET " + path)).startsWith(REFUSED);
    }

    @Test
    void is_unavailable_while_the_store_cannot_be_read() {
        server.breakDown();
        String answer = ask("GET /api/v1/verify", bearer(named));
        assertThat(answer).startsWith("HTTP/1.1 503").contains("\nretry-after: 1\n", "\ncache-control: no-store\n");
        assertThat(ask("GET /api/v1/verify", bearer("apiv3_unknown"))).isEqualTo(answer);
        assertThat(ask("GET /api/v1/verify")).startsWith(REFUSED);
    }

    @Test
    void is_unavailable_after_an_internal_error() {
        var clock = new ManualClock();
        var broken = new AtomicBoolean();
        InstantSource breakable = () -> {
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
            return clock.instant();
        };
        try (var authority = new ManualTicker().authority(new InMemoryTokenStore(), breakable)) {
            authority.start();
            String secret = authority
                    .actingAs(new Actor.FileOwner())
                    .tokens()
                    .createOperator()
                    .secret()
                    .reveal();
            var forwardAuth = new ForwardAuth(
                    authority,
                    new CredentialHeader(""),
                    new TrustedProxies(List.of(), "X-Forwarded-For"),
                    new VerdictResponses(new CommonHeaders(authority, clock), new RequestCounts(), "403"));
            var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, Paths.VERIFY);
            request.headers().set("Authorization", "Bearer " + secret);
            var peer = new InetSocketAddress(0);
            assertThat(forwardAuth
                            .answer(request, new RequirementCache(), peer)
                            .status()
                            .code())
                    .isEqualTo(204);
            broken.set(true);
            assertThat(forwardAuth
                            .answer(request, new RequirementCache(), peer)
                            .status()
                            .code())
                    .isEqualTo(503);
        }
    }

    @Test
    void prefers_the_configured_header() {
        String secret = named;
        server.close();
        server = new RunningServer(Map.of("latchkey.server.verify-header", "X-Api-Key"));
        operator = server.operator();
        assertThat(ask("GET /api/v1/verify", "x-api-key: " + operator)).startsWith(ACCEPTED);
        assertThat(ask("GET /api/v1/verify", "X-Api-Key: Bearer " + operator, "Authorization: Basic b3RoZXI="))
                .startsWith(ACCEPTED);
        assertThat(ask("GET /api/v1/verify", bearer(operator))).startsWith(ACCEPTED);
        assertThat(ask("GET /api/v1/verify", "X-Api-Key: " + secret, bearer(operator)))
                .startsWith(REFUSED);
        assertThat(ask("GET /api/v1/verify", "X-Api-Key: " + operator + "\r\nX-Api-Key: " + operator))
                .startsWith(REFUSED);
    }

    private String create(String name) {
        return server.authority
                .actingAs(new Actor.FileOwner())
                .tokens()
                .createNamed(new TokenName(name), Lifetime.UNLIMITED, Description.NONE)
                .secret()
                .reveal();
    }

    private String resource(String name, String... permissions) {
        return server.authority
                .actingAs(new Actor.FileOwner())
                .tokens()
                .create(new NewToken(
                        new TokenName(name),
                        Lifetime.UNLIMITED,
                        Description.NONE,
                        Attributes.ADMIN.with(Permissions.parse(List.of(permissions)))))
                .secret()
                .reveal();
    }

    private String create(String name, Duration lifetime) {
        return server.authority
                .actingAs(new Actor.FileOwner())
                .tokens()
                .createNamed(new TokenName(name), new Lifetime.Span(lifetime), Description.NONE)
                .secret()
                .reveal();
    }

    private String ask(String start, String... headers) {
        return exchange(head(start, headers).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"))
                .replace("\r\n", "\n");
    }

    private List<String> statuses(String requests) {
        return Pattern.compile("HTTP/1.1 (\\d+)")
                .matcher(exchange(requests))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private String exchange(String requests) {
        return RawConnection.exchange(server.port(), requests.getBytes(UTF_8));
    }

    private static String head(String start, String... headers) {
        return start + " HTTP/1.1\r\nHost: x\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                + "\r\n";
    }

    private static String bearer(String secret) {
        return "Authorization: Bearer " + secret;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
