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
import io.latchkey.domain.Rights;
import io.latchkey.domain.Routes;
import io.latchkey.domain.TokenName;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are limited to addresses, on every path; the peer of these requests is 127.0.0.1. */
final class OriginsOverHttpTest {
    private RunningServer server = new RunningServer(Map.of("latchkey.server.trusted-proxies", "127.0.0.1"));
    private final String operator = server.operator();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 10.1.2.3",
                "X-Forwarded-For: 6.6.6.6, 10.1.2.3",
                "X-Forwarded-For: ::ffff:10.1.2.3",
                "X-Forwarded-For: 10.1.2.3, 127.0.0.1"
            })
    void are_accepted_where_a_trusted_proxy_names_an_allowed_client(String header) {
        assertThat(statuses(token("10.0.0.0/8"), header)).containsExactly(200, 204, 200, 201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 6.6.6.6",
                "X-Forwarded-For: 10.1.2.3, 6.6.6.6",
                "X-Forwarded-For: 10.1.2.3, unknown",
                "X-Forwarded-For: 10.1.2.3,",
                "X-Forwarded-For: unknown",
                "X-Forwarded-For: 0.0.0.0",
                "X-Forwarded-For: ::",
                "X-Forwarded-For: ",
                "Forwarded: for=10.1.2.3",
                "X-Real-IP: 10.1.2.3",
                "Accept: */*"
            })
    void are_refused_where_the_client_is_another_or_unknown(String header) {
        // Creating the operator needs no token, and there is one.
        assertThat(statuses(token("10.0.0.0/8"), header)).containsExactly(401, 401, 401, 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For: unknown", "X-Forwarded-For: ", "Accept: */*"})
    void the_address_of_a_silent_proxy_is_not_that_of_its_client(String header) {
        assertThat(statuses(token("127.0.0.0/8"), header)).containsExactly(401, 401, 401, 401);
    }

    @Test
    void tokens_without_a_limit_are_accepted_from_unknown_addresses() {
        assertThat(statuses(operator, "X-Forwarded-For: unknown")).startsWith(200, 204, 200);
    }

    @Test
    void nobody_but_trusted_proxies_says_an_address() {
        server.close();
        server = new RunningServer();
        var _ = server.operator();
        assertThat(statuses(token("127.0.0.0/8"), "X-Forwarded-For: 6.6.6.6")).containsExactly(200, 204, 200, 201);
        assertThat(statuses(token("10.0.0.0/8"), "X-Forwarded-For: 10.1.2.3")).containsExactly(401, 401, 401, 401);
    }

    @Test
    void the_checks_after_the_first_need_no_address() {
        String token = token("10.0.0.0/8");
        String from = "X-Forwarded-For: 10.1.2.3";
        assertThat(status("GET", "/api/v1/tokens", from, token, "")).isEqualTo(200);
        assertThat(status("GET", "/api/v1/ledger", from, token, "")).isEqualTo(200);
        assertThat(status("HEAD", "/api/v1/backup", from, token, "")).isEqualTo(200);
        assertThat(status("PATCH", "/api/v1/tokens/limited10", from, token, "{\"description\":\"x\"}"))
                .isEqualTo(200);
        assertThat(status("POST", "/api/v1/tokens/limited10/rotate", from, token, ""))
                .isEqualTo(200);
    }

    @Test
    void somebody_elses_token_is_accepted_only_from_the_address_that_the_asker_says() {
        String here = token("127.0.0.0/8");
        String there = token("10.0.0.0/8");
        assertThat(introspected("token=" + here)).contains("{\"active\":false}");
        assertThat(introspected("token=" + here + "&address=127.0.0.1")).contains("\"active\":true");
        assertThat(introspected("token=" + there)).contains("{\"active\":false}");
        assertThat(introspected("token=" + there + "&address=10.1.2.3")).contains("\"active\":true");
        assertThat(introspected("token=" + there + "&address=0.0.0.0")).contains("{\"active\":false}");
        assertThat(introspected("token=" + there + "&address=10.0.0.0/8"))
                .startsWith("HTTP/1.1 400")
                .contains("\"error\":\"invalid_request\"");
        assertThat(introspected("token=" + operator)).contains("\"active\":true");

        assertThat(verified("[\"" + here + "\",\"" + there + "\",\"" + operator + "\"]"))
                .containsExactly("false", "false", "true");
        assertThat(verified("[\"" + here + "\",\"" + there + "\"],\"address\":\"10.1.2.3\""))
                .containsExactly("false", "true");
        assertThat(verified("[\"" + here + "\",\"" + there + "\"],\"address\":\"::ffff:127.0.0.1\""))
                .containsExactly("true", "false");
        assertThat(exchange(
                        "POST",
                        "/api/v1/verify/batch",
                        "Accept: */*",
                        operator,
                        "{\"tokens\":[],\"address\":\"localhost\"}"))
                .startsWith("HTTP/1.1 400");
    }

    private List<String> verified(String tokens) {
        String answer =
                exchange("POST", "/api/v1/verify/batch", "Accept: */*", operator, "{\"tokens\":" + tokens + "}");
        return Pattern.compile("\"active\":(true|false)")
                .matcher(answer)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private String introspected(String form) {
        return exchange("POST", "/oauth2/introspect", "Accept: */*", operator, form);
    }

    private String token(String network) {
        return server.authority
                .actingAs(new Actor.FileOwner())
                .tokens()
                .create(new NewToken(
                        new TokenName("limited" + network.substring(0, network.indexOf('.'))),
                        Lifetime.UNLIMITED,
                        Description.NONE,
                        new Attributes(
                                Rights.ALL,
                                Origins.parse(List.of(network)),
                                NotBefore.NONE,
                                Owner.NONE,
                                Labels.NONE,
                                Routes.ANY)))
                .secret()
                .reveal();
    }

    /** The statuses of the API, of forward-auth, of a client of OAuth, and of a path that anybody may ask for. */
    private List<Integer> statuses(String token, String header) {
        return List.of(
                status("GET", "/api/v1/whoami", header, token, ""),
                status("GET", "/api/v1/verify", header, token, ""),
                status("POST", "/oauth2/introspect", header, token, "token=x"),
                status("POST", "/api/v3/configure/token/admin", header, token, "{\"token_name\":\"new\"}"));
    }

    private int status(String method, String path, String header, String token, String body) {
        return Integer.parseInt(exchange(method, path, header, token, body).substring(9, 12));
    }

    private String exchange(String method, String path, String header, String token, String body) {
        String type = body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded";
        return RawConnection.exchange(
                server.port(),
                String.join(
                                "\r\n",
                                method + " " + path + " HTTP/1.1",
                                "Host: x",
                                "Connection: close",
                                "Authorization: Bearer " + token,
                                "Content-Type: " + type,
                                "Content-Length: " + body.length(),
                                header,
                                "",
                                body)
                        .getBytes(UTF_8));
    }
}
