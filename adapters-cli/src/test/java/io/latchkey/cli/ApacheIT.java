package io.latchkey.cli;

import static io.latchkey.cli.KeptConnection.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Apache with what {@code latchkey config apache} prints, as the only host, and with a token in its environment. */
class ApacheIT extends GuardingRecipe {
    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");

    @Override
    String program() {
        return "apache2";
    }

    @Override
    List<String> identity() {
        return List.of("X-Token-Id", "X-Token-Name", "X-Token-Expires");
    }

    /** Nobody tells Latchkey, which trusts this machine to: the module asks for itself. */
    @Override
    String usedFrom(String address) {
        return "";
    }

    @Override
    DebianProgram start(ProxyTestBed stage, String... options) throws Exception {
        if (!Files.exists(MODULES.resolve("mod_auth_openidc.so"))) {
            DebianProgram.missing("mod_auth_openidc is not installed");
        }
        Path folder = stage.folder;
        stage.printGuard("apache", folder.resolve("latchkey.conf"), options);
        StringBuilder configuration = new StringBuilder("""
                ServerRoot %s
                ServerName guarded.test
                DefaultRuntimeDir .
                PidFile apache.pid
                ErrorLog apache.errors
                Mutex sem
                User www-data
                Group www-data
                """.formatted(folder));
        for (String module : List.of(
                "mpm_event",
                "authn_core",
                "authz_core",
                "authz_user",
                "headers",
                "proxy",
                "proxy_http",
                "auth_openidc")) {
            configuration.append("LoadModule %s_module %s/mod_%s.so\n".formatted(module, MODULES, module));
        }
        Files.writeString(folder.resolve("apache.conf"), configuration.append("Include latchkey.conf\n"));
        return DebianProgram.start(
                folder,
                stage.port,
                Map.of("LATCHKEY_TOKEN", stage.resource("apache", "introspection:*:read")),
                "apache2",
                "-D",
                "FOREGROUND",
                "-d",
                folder.toString(),
                "-f",
                "apache.conf");
    }

    @Test
    void refuses_whoever_shows_nothing_live() throws Exception {
        String revoked = stage.token("revoked");
        stage.revoke("revoked");
        String expired = stage.expired("expired");
        try (var user = new KeptConnection(stage.port)) {
            RawHttp none = user.get("/refused");
            assertThat(none.status()).isEqualTo(401);
            assertThat(none.value("WWW-Authenticate")).startsWith("Bearer ");
            for (String header : List.of(
                    bearer("apiv3_nobody"),
                    bearer(revoked),
                    bearer(expired),
                    "Authorization: Nonsense",
                    "Cookie: a=b")) {
                assertThat(user.get("/refused", header).status()).as(header).isEqualTo(401);
            }
            String query = "/refused?access_token=" + stage.operator();
            assertThat(user.get(query).status()).isEqualTo(401);
            assertThat(user.send("POST", "/refused", "access_token=" + stage.operator())
                            .status())
                    .isEqualTo(401);
        }
        assertThat(stage.backend.received("/refused")).isEmpty();
    }

    @Test
    void says_who_it_is_and_keeps_the_secret() throws Exception {
        String secret = stage.token("named");
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.get("/who?kind=operator", bearer(secret)).status()).isEqualTo(200);
            assertThat(user.send("HEAD", "/who", "", bearer(secret)).status()).isEqualTo(200);
            assertThat(user.send("OPTIONS", "/who", "", bearer(secret)).status())
                    .isEqualTo(200);
        }
        assertThat(stage.backend.received("/who")).hasSize(3).allSatisfy(request -> {
            assertThat(request.value("X-Token-Name")).isEqualTo("named");
            assertThat(request.value("X-Token-Id")).matches("[1-9][0-9]*");
            assertThat(request.value("X-Token-Expires")).isEmpty();
            assertThat(request.headers().toString()).doesNotContain("apiv3_");
        });
    }

    @Test
    void who_may_read_does_not_write_and_who_may_write_does_not_read() throws Exception {
        String reader = stage.resource("reader", "service:api,web:read", "x:y:write");
        String writer = stage.resource("writer", "service:*:delete,write", "service:web2:read");
        String both = stage.resource("both", "service:web:*");
        for (String method : List.of("GET", "HEAD", "OPTIONS")) {
            assertThat(knock(method, "/reads", reader)).as(method).isEqualTo(200);
            assertThat(knock(method, "/lacks", writer)).as(method).isBetween(401, 403);
            assertThat(knock(method, "/both", both)).as(method).isEqualTo(200);
        }
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "PROPFIND")) {
            assertThat(knock(method, "/writes", writer)).as(method).isEqualTo(200);
            assertThat(knock(method, "/lacks", reader, "X-HTTP-Method-Override: GET"))
                    .as(method)
                    .isBetween(401, 403);
            assertThat(knock(method, "/both", both)).as(method).isEqualTo(200);
        }
        assertThat(stage.backend.received("/reads")).hasSize(3);
        assertThat(stage.backend.received("/writes")).hasSize(5);
        assertThat(stage.backend.received("/both"))
                .hasSize(8)
                .allSatisfy(request -> assertThat(request.headers().toString()).doesNotContain("apiv3_"));
        assertThat(stage.backend.received("/lacks")).isEmpty();
    }

    @Test
    void no_other_permission_opens_anything() throws Exception {
        for (String permission : List.of(
                "service:webs:read,write",
                "service:aweb:read,write",
                "service:a,webs:read,write",
                "services:web:read,write",
                "a-service:web:read,write",
                "service:web:reads,writes",
                "service:web:no-read,no-write",
                "other:service%3Aweb%3Aread:read",
                "admin:admin:admin")) {
            String secret = stage.resource("no " + permission, permission);
            assertThat(knock("GET", "/other", secret)).as(permission).isBetween(401, 403);
            assertThat(knock("POST", "/other", secret)).as(permission).isBetween(401, 403);
        }
        assertThat(knock("GET", "/other", stage.resource("none"))).isBetween(401, 403);
        assertThat(stage.backend.received("/other")).isEmpty();
    }

    private int knock(String method, String path, String secret, String... headers) throws IOException {
        try (var user = new KeptConnection(stage.port)) {
            return user.send(method, path, "", with(bearer(secret), headers)).status();
        }
    }

    @Test
    void a_token_with_routes_opens_nothing_since_the_module_does_not_say_which_request_it_is() throws Exception {
        assertThat(knock("GET", "/routed", stage.routed("routed", "service:web:read", "* guarded.test/**")))
                .isEqualTo(401);
        assertThat(stage.backend.received("/routed")).isEmpty();
    }

    @Test
    void believes_nobody_who_says_who_he_is() throws Exception {
        String[] headers = ForwardAuthRecipe.forged(bearer(stage.token("honest")), "OIDC_CLAIM_sub: forged");
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.get("/forged", headers).status()).isEqualTo(200);
            assertThat(user.get("/forged", ForwardAuthRecipe.forged()).status()).isEqualTo(401);
        }
        assertThat(stage.backend.received("/forged")).singleElement().satisfies(request -> {
            assertThat(request.headers().toString()).doesNotContain(": forged");
            assertThat(request.value("X-Token-Name")).isEqualTo("honest");
        });
    }

    @Test
    void a_body_goes_to_the_service_whole_and_to_nobody_else() throws Exception {
        String body = "#".repeat(64 * 1024);
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.send("POST", "/body", body, bearer(stage.operator()))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(stage.backend.received("/body").getFirst().body()).isEqualTo(body);
        assertThat(stage.relay.heard()).doesNotContain("###");
    }

    @Test
    void a_kept_connection_does_not_outlive_a_token() throws Exception {
        String secret = stage.ending("ended");
        try (var user = new KeptConnection(stage.port)) {
            for (int i = 0; i < 3; i++) {
                assertThat(user.get("/ended", bearer(secret)).status()).isEqualTo(200);
            }
            stage.revoke("ended");
            assertThat(user.get("/ended", bearer(secret)).status()).isEqualTo(401);
        }
        assertThat(stage.backend.received("/ended")).hasSize(3);
    }

    @Test
    void is_closed_while_latchkey_is_away_and_opens_when_it_is_back() throws Exception {
        assertThat(knock("/away", stage.operator())).isEqualTo(200);
        stage.stopLatchkey();
        try {
            assertThat(knock("/away", stage.operator())).isBetween(401, 599);
            assertThat(knock("/away", "nobody")).isBetween(401, 599);
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
            assertThat(knock("/dead", stage.operator())).isBetween(401, 599);
        } finally {
            stage.relay.revive();
        }
        assertThat(stage.backend.received("/dead")).hasSize(1);
    }

    private int knock(String path, String secret) throws IOException {
        try (var user = new KeptConnection(stage.port)) {
            return user.get(path, bearer(secret)).status();
        }
    }
}
