package io.latchkey.cli;

import static io.latchkey.cli.KeptConnection.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a program that asks about every request must do with what {@code latchkey config} prints for it. */
abstract class ForwardAuthRecipe extends GuardingRecipe {
    private static final List<String> FORGED = List.of(
            "X-Token-Name: forged",
            "x-token-id: forged",
            "X-TOKEN-KIND: forged",
            "X-Token-Expires: forged",
            "X_Token_Name: forged",
            "x_token-id: forged",
            "X-Token_Kind: forged",
            "X_TOKEN_EXPIRES: forged",
            "X-Token-Permissions: forged",
            "x_token_permissions: forged");

    @Override
    final List<String> identity() {
        return List.of("X-Token-Id", "X-Token-Name", "X-Token-Kind", "X-Token-Expires");
    }

    @Override
    final String usedFrom(String address) {
        return address;
    }

    /** Identity headers of an end user's own, with others. */
    static String[] forged(String... others) {
        return Stream.concat(FORGED.stream(), Stream.of(others)).toArray(String[]::new);
    }

    @Test
    void refuses_whoever_shows_nothing_live() throws Exception {
        String revoked = stage.token("revoked");
        stage.revoke("revoked");
        String expired = stage.expired("expired");
        try (var user = new KeptConnection(stage.port)) {
            RawHttp none = user.get("/refused");
            assertThat(none.status()).isEqualTo(401);
            assertThat(none.value("WWW-Authenticate")).isEqualTo("Bearer realm=\"latchkey\"");
            for (String header : List.of(
                    bearer("apiv3_nobody"),
                    bearer(revoked),
                    bearer(expired),
                    "Authorization: Nonsense",
                    "Cookie: a=b")) {
                assertThat(user.get("/refused", header).status()).as(header).isEqualTo(401);
            }
            assertThat(user.get("/refused?token=" + stage.operator()).status()).isEqualTo(401);
        }
        assertThat(stage.backend.received("/refused")).isEmpty();
    }

    @Test
    void says_who_it_is_and_keeps_the_secret() throws Exception {
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.get("/who", bearer(stage.token("Müller 1"))).status())
                    .isEqualTo(200);
            assertThat(user.get("/who", bearer(stage.operator())).status()).isEqualTo(200);
        }
        RawHttp named = stage.backend.received("/who").getFirst();
        assertThat(named.value("X-Token-Name")).isEqualTo("M%C3%BCller%201");
        assertThat(named.value("X-Token-Kind")).isEqualTo("named");
        assertThat(named.value("X-Token-Id")).matches("[1-9][0-9]*");
        assertThat(named.value("X-Token-Expires")).isEmpty();
        RawHttp operator = stage.backend.received("/who").getLast();
        assertThat(operator.value("X-Token-Id")).isEqualTo("0");
        assertThat(operator.value("X-Token-Kind")).isEqualTo("operator");
        assertThat(stage.backend.received("/who"))
                .allSatisfy(request -> assertThat(request.headers().toString()).doesNotContain("apiv3_"));
    }

    @Test
    void believes_nobody_who_says_who_he_is() throws Exception {
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.get("/forged", forged(bearer(stage.token("honest"))))
                            .status())
                    .isEqualTo(200);
            assertThat(user.get("/forged", forged()).status()).isEqualTo(401);
        }
        assertThat(stage.backend.received("/forged")).singleElement().satisfies(request -> {
            assertThat(request.headers().toString()).doesNotContain("forged:").doesNotContain(": forged");
            assertThat(request.headers().stream()
                            .filter(header -> header.toLowerCase(Locale.ROOT)
                                    .replace('_', '-')
                                    .startsWith("x-token-name:")))
                    .hasSize(1);
            assertThat(request.value("X-Token-Name")).isEqualTo("honest");
        });
    }

    @Test
    void two_credentials_are_none() throws Exception {
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.get("/twice", bearer(stage.operator()), bearer("nobody"))
                            .status())
                    .isBetween(400, 499);
        }
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.get("/twice", bearer("nobody"), bearer(stage.operator()))
                            .status())
                    .isBetween(400, 499);
        }
        assertThat(stage.backend.received("/twice")).isEmpty();
    }

    @Test
    void a_body_goes_to_the_service_whole_and_to_nobody_else() throws Exception {
        String body = "#".repeat(64 * 1024);
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.send("POST", "/body", body, bearer(stage.operator()))
                            .status())
                    .isEqualTo(200);
            assertThat(user.get("/body", bearer(stage.operator())).status()).isEqualTo(200);
        }
        assertThat(stage.backend.received("/body").getFirst().body()).isEqualTo(body);
        assertThat(stage.relay.heard()).doesNotContain("###");
    }

    @Test
    void guards_every_method() throws Exception {
        for (String method : List.of("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH")) {
            try (var user = new KeptConnection(stage.port)) {
                assertThat(user.send(method, "/method", "").status()).as(method).isEqualTo(401);
            }
            assertThat(stage.backend.received("/method")).isEmpty();
            try (var user = new KeptConnection(stage.port)) {
                assertThat(user.send(method, "/" + method, "", bearer(stage.operator()))
                                .status())
                        .as(method)
                        .isEqualTo(200);
            }
            assertThat(stage.backend.received("/" + method).getFirst().start()).startsWith(method + " ");
        }
    }

    @Test
    void a_query_changes_nothing_and_goes_to_the_service_only() throws Exception {
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.get("/query?kind=operator&name=nobody", bearer(stage.token("queried")))
                            .status())
                    .isEqualTo(200);
            assertThat(user.get("/query?status=200&kind=named").status()).isEqualTo(401);
        }
        assertThat(stage.backend.received("/query").getFirst().start()).contains("?kind=operator&name=nobody ");
        assertThat(stage.relay.heard().lines().filter(line -> line.contains(" HTTP/1.1")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .matches(
                                "(GET|HEAD) /api/v1/verify/request\\?strict&permission=service:web:(\\{method}|%7Bmethod%7D)"
                                        + "&method-header=X-Forwarded-Method HTTP/1.1"));
    }

    @Test
    void lets_a_connection_be_upgraded() throws Exception {
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.upgrade("/socket", bearer("nobody")).status()).isEqualTo(401);
        }
        assertThat(stage.backend.received("/socket")).isEmpty();
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.upgrade("/socket", bearer(stage.operator())).status())
                    .isEqualTo(101);
            assertThat(user.exchange("neither HTTP nor a secret")).isEqualTo("neither HTTP nor a secret");
        }
    }

    @Test
    void keeps_its_connections_to_latchkey() throws Exception {
        int before = stage.relay.connections();
        try (var user = new KeptConnection(stage.port)) {
            for (int i = 0; i < 50; i++) {
                assertThat(user.get("/kept", bearer(stage.operator())).status()).isEqualTo(200);
                assertThat(user.get("/kept").status()).isEqualTo(401);
            }
        }
        assertThat(stage.relay.connections() - before).isLessThan(5);
    }

    @Test
    void a_kept_connection_does_not_outlive_a_token() throws Exception {
        String secret = stage.ending("ended");
        try (var one = new KeptConnection(stage.port);
                var other = new KeptConnection(stage.port)) {
            for (int i = 0; i < 3; i++) {
                assertThat(one.get("/ended", bearer(secret)).status()).isEqualTo(200);
                assertThat(other.get("/ended", bearer(secret)).status()).isEqualTo(200);
            }
            stage.revoke("ended");
            assertThat(one.get("/ended", bearer(secret)).status()).isEqualTo(401);
            assertThat(other.get("/ended", bearer(secret)).status()).isEqualTo(401);
        }
        assertThat(stage.backend.received("/ended")).hasSize(6);
    }

    @Test
    void is_closed_while_latchkey_is_away_and_opens_when_it_is_back() throws Exception {
        assertThat(knock("/away", stage.operator())).isEqualTo(200);
        stage.stopLatchkey();
        try {
            assertThat(knock("/away", stage.operator())).isBetween(500, 599);
            assertThat(knock("/away", "nobody")).isBetween(500, 599);
        } finally {
            stage.startLatchkey();
        }
        assertThat(knock("/away", stage.operator())).isEqualTo(200);
        assertThat(stage.backend.received("/away")).hasSize(2);
    }

    @Test
    void is_closed_while_latchkey_does_not_answer() throws Exception {
        assertThat(knock("/dead", stage.operator())).isEqualTo(200);
        stage.relay.goDead();
        try {
            assertThat(knock("/dead", stage.operator())).isBetween(500, 599);
        } finally {
            stage.relay.revive();
        }
        assertThat(knock("/dead", stage.operator())).isEqualTo(200);
        assertThat(stage.backend.received("/dead")).hasSize(2);
    }

    private int knock(String path, String secret) throws IOException {
        try (var user = new KeptConnection(stage.port)) {
            return user.get(path, bearer(secret)).status();
        }
    }
}
