package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.NewToken;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Routes;
import io.latchkey.domain.TokenName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens with routes: accepted only where a proxy says which request it asks about. */
final class RoutesOverHttpTest {
    private static final String METHOD = "X-Forwarded-Method: GET";
    private static final String HOST = "X-Forwarded-Host: a.test";
    private static final String URI = "X-Forwarded-Uri: /x/y?z";

    private final RunningServer server = new RunningServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private String token(Rights rights, String... routes) {
        return server.authority
                .actingAs(new Actor.FileOwner())
                .tokens()
                .create(new NewToken(
                        new TokenName("routed"),
                        Lifetime.UNLIMITED,
                        Description.NONE,
                        new Attributes(
                                rights,
                                Origins.ANYWHERE,
                                NotBefore.NONE,
                                Owner.NONE,
                                Labels.NONE,
                                Routes.parse(List.of(routes)))))
                .secret()
                .reveal();
    }

    @Test
    void the_three_headers_name_the_request() {
        String token = token(Permissions.parse(List.of("web:a:read")), "GET,POST a.test/x/**");
        assertThat(asked("", token, METHOD, HOST, URI)).isEqualTo(204);
        assertThat(asked("", token, URI, "x-forwarded-host: A.TEST:443", "x-forwarded-method: POST"))
                .isEqualTo(204);
        assertThat(asked("", token, METHOD, HOST, "X-Forwarded-Uri: /y")).isEqualTo(401);
        assertThat(asked("", token, METHOD, "X-Forwarded-Host: b.test", URI)).isEqualTo(401);
        assertThat(asked("", token, "X-Forwarded-Method: PUT", HOST, URI)).isEqualTo(401);
        String permission = "?strict&permission=web:a:{method}&method-header=X-Forwarded-Method";
        assertThat(asked(permission, token, METHOD, HOST, URI)).isEqualTo(204);
        assertThat(asked(permission, token, "X-Forwarded-Method: POST", HOST, URI))
                .isEqualTo(403);
    }

    @Test
    void an_upgrade_is_allowed_only_by_a_star() {
        String token = token(Rights.ALL, "GET a.test/x/**", "* a.test/shell");
        assertThat(asked("", token, METHOD, HOST, URI, "X-Forwarded-Upgrade: websocket"))
                .isEqualTo(401);
        assertThat(asked("", token, METHOD, HOST, "X-Forwarded-Uri: /shell", "X-Forwarded-Upgrade: websocket"))
                .isEqualTo(204);
        assertThat(asked("", token, METHOD, HOST, URI, "X-Forwarded-Upgrade:")).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                METHOD + "\n" + HOST,
                METHOD + "\n" + URI,
                HOST + "\n" + URI,
                METHOD + "\n" + METHOD + "\n" + HOST + "\n" + URI,
                METHOD + "\n" + HOST + "\n" + HOST + "\n" + URI,
                METHOD + "\n" + HOST + "\n" + URI + "\n" + URI,
                METHOD + "\n" + HOST + "\nX-Forwarded-Uri: http://a.test/x/y",
                METHOD + "\n" + HOST + "\nX-Forwarded-Uri: /x/../x/y",
                METHOD + "\n" + HOST + "\nX-Forwarded-Uri: /x/%2e%2e/x/y",
                METHOD + "\n" + HOST + "\nX-Forwarded-Uri: /x//y",
                METHOD + "\n" + HOST + "\nX-Forwarded-Uri: /x/y;z",
                METHOD + "\n" + HOST + "\nX-Forwarded-Uri: /x/\u00e4",
                METHOD + "\nX-Forwarded-Host: a.test, b.test\n" + URI,
                "X-Forwarded-Method:\n" + HOST + "\n" + URI,
                "X-Original-Method: GET\nX-Original-Host: a.test\nX-Original-Uri: /x/y"
            })
    void a_request_that_is_missing_or_doubtful_is_refused(String headers) {
        String token = token(Rights.ALL, "GET a.test/x/**");
        assertThat(asked("", token, headers.lines().toArray(String[]::new))).isEqualTo(401);
    }

    @Test
    void a_token_without_routes_needs_no_request() {
        assertThat(asked("", token(Rights.ALL))).isEqualTo(204);
    }

    @Test
    void nobody_names_a_request_where_the_proxy_does_not() {
        String token = token(Rights.ALL, "GET a.test/x/**");
        for (String path : List.of(
                "/api/v1/verify",
                "/api/v1/verify?host-header=X-Forwarded-Host&uri-header=X-Forwarded-Uri&method-header=X-Forwarded-Method",
                "/api/v1/verify?path=/api/v1/verify/request",
                "/api/v1/whoami",
                "/api/v1/tokens",
                "/api/v3/query_sql?q=select%201&db=_internal")) {
            assertThat(status("GET", path, token, METHOD, HOST, URI)).as(path).isEqualTo(401);
        }
        for (String path : List.of("/api/v1/verify/requests", "/api/v1/verify/request/", "/api/v1/verify/request/x")) {
            assertThat(status("GET", path, token, METHOD, HOST, URI)).as(path).isBetween(400, 404);
        }
    }

    @Test
    void others_are_told_nothing_about_it() {
        String token = token(Rights.ALL, "GET a.test/x/**");
        String operator = server.operator();
        assertThat(exchange("POST", "/oauth2/introspect", operator, "token=" + token, METHOD, HOST, URI))
                .contains("{\"active\":false}");
        assertThat(exchange(
                        "POST",
                        "/api/v1/verify/batch",
                        operator,
                        "{\"tokens\":[\"" + token + "\"]}",
                        METHOD,
                        HOST,
                        URI))
                .contains("\"active\":false");
    }

    private int asked(String query, String token, String... headers) {
        return status("GET", "/api/v1/verify/request" + query, token, headers);
    }

    private int status(String method, String path, String token, String... headers) {
        return Integer.parseInt(exchange(method, path, token, "", headers).substring(9, 12));
    }

    private String exchange(String method, String path, String token, String body, String... headers) {
        String type = body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded";
        return RawConnection.exchange(
                server.port(),
                Stream.of(
                                Stream.of(
                                        method + " " + path + " HTTP/1.1",
                                        "Host: x",
                                        "Connection: close",
                                        "Authorization: Bearer " + token,
                                        "Content-Type: " + type,
                                        "Content-Length: " + body.length()),
                                Stream.of(headers).filter(header -> !header.isEmpty()),
                                Stream.of("", body))
                        .flatMap(lines -> lines)
                        .reduce((all, line) -> all + "\r\n" + line)
                        .orElseThrow()
                        .getBytes(UTF_8));
    }
}
