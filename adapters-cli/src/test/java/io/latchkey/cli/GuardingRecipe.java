package io.latchkey.cli;

import static io.latchkey.cli.KeptConnection.bearer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every program in front of a service must do with what {@code latchkey config} prints for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GuardingRecipe {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND");
    private static final String[] OVERRIDES = {
        "X-HTTP-Method-Override: DELETE", "X-HTTP-Method: DELETE", "X-Method-Override: DELETE"
    };
    private static final String[] WEBSOCKET = {
        "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };

    ProxyTestBed stage;

    /** Starts the program with what is printed for it, with further options. */
    abstract DebianProgram start(ProxyTestBed stage, String... options) throws Exception;

    /** What it must be called to be installed. */
    abstract String program();

    /** The headers in which the service finds who it is. */
    abstract List<String> identity();

    /** From where a token was used last that the end user at an address sent. */
    abstract String usedFrom(String address);

    @BeforeAll
    void set(@TempDir Path folder) throws Exception {
        DebianProgram.need(program());
        stage = stage(folder);
    }

    /** A stage of its own, whose program is started with what is printed with further options. */
    final ProxyTestBed stage(Path folder, String... options) throws Exception {
        return new ProxyTestBed(folder, stage -> start(stage, options));
    }

    @AfterAll
    void strike() throws IOException {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void lets_no_method_pass_without_a_credential() throws Exception {
        assertNoMethodPasses(400, 499);
    }

    @Test
    void lets_no_method_pass_while_latchkey_is_away() throws Exception {
        stage.stopLatchkey();
        try {
            assertNoMethodPasses(401, 599);
        } finally {
            stage.startLatchkey();
        }
    }

    private void assertNoMethodPasses(int least, int most) throws IOException {
        for (String method : METHODS) {
            for (String[] headers :
                    new String[][] {{}, OVERRIDES, {"Origin: https://example.org"}, {"Authorization:"}}) {
                try (var user = new KeptConnection(stage.port)) {
                    String body = method.equals("TRACE") ? "" : "x";
                    assertThat(user.send(method, "/admin", body, headers).status())
                            .as(method + Arrays.toString(headers))
                            .isBetween(least, most);
                }
            }
        }
        assertThat(stage.backend.received("/admin")).isEmpty();
    }

    @Test
    void the_end_user_cannot_take_away_who_it_is() throws Exception {
        String secret = stage.ending("known");
        int asked = 0;
        for (String[] headers : new String[][] {
            {"Connection: X-Token-Kind, X-Token-Name"},
            {"connection: keep-alive, x-token-id,X-TOKEN-EXPIRES"},
            {"Connection: keep-alive", "Connection: X-Token-Name", "CONNECTION: X-Token-Id"},
            {"Connection: close, X-Token-Id"},
            {"Connection: Upgrade, X-Token-Name"},
            {"Connection: Upgrade, X-Token-Name", "Upgrade: h2c"},
            with("Connection: Upgrade, X-Token-Name, X-Token-Kind", WEBSOCKET),
            with("Connection: x-token-id, UPGRADE", WEBSOCKET),
            {"Connection: Authorization"},
            {"Connection: Connection, X-Token-Name"},
            {"Keep-Alive: X-Token-Name", "Proxy-Connection: X-Token-Name", "TE: X-Token-Name"}
        }) {
            try (var user = new KeptConnection(stage.port)) {
                asked += user.get("/known", with(bearer(secret), headers)).status() < 400 ? 1 : 0;
            }
        }
        assertThat(stage.backend.received("/known")).hasSize(asked).allSatisfy(request -> {
            assertThat(identity())
                    .allSatisfy(header -> assertThat(request.value(header)).isNotEmpty());
            assertThat(request.value("X-Token-Name")).isEqualTo("known");
            // Nor is it left to the next one.
            assertThat(request.headers().stream().filter(header -> header.matches("(?i)connection:.*token.*")))
                    .isEmpty();
        });
        assertThat(asked).isGreaterThan(8);
    }

    @Test
    void no_other_protocol_gets_through() throws Exception {
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.get(
                                    "/h2c",
                                    bearer(stage.operator()),
                                    "Connection: Upgrade, HTTP2-Settings",
                                    "Upgrade: h2c",
                                    "HTTP2-Settings: AAMAAABkAAQAAP__")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(stage.backend.received("/h2c"))
                .singleElement()
                .satisfies(request -> assertThat(request.value("Upgrade")).isEmpty());
    }

    /** A proxy that looks for WebSocket in any of several fields must not hand on the others. */
    @Test
    void no_other_protocol_gets_through_beside_websocket() throws Exception {
        String[][] upgrades = {
            {"Upgrade: h2c", "Upgrade: websocket"},
            {"Upgrade: websocket", "Upgrade: h2c"},
            {"Upgrade: h2c, websocket"},
            {"Upgrade: websocket, h2c"},
            {"UPGRADE: WebSocket", "upgrade: H2C"}
        };
        for (String[] upgrade : upgrades) {
            try (var user = new KeptConnection(stage.port)) {
                var _ = user.get(
                        "/two",
                        with(
                                bearer(stage.operator()),
                                with(
                                        "Connection: Upgrade, HTTP2-Settings",
                                        with("HTTP2-Settings: AAMAAABk", upgrade))));
            }
        }
        assertThat(stage.backend.received("/two"))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.headers())
                        .noneMatch(header -> header.matches("(?i)(upgrade:.*h2c.*|http2-settings:.*)")));
    }

    @Test
    void tells_whose_it_is_and_not_whose_the_end_user_says() throws Exception {
        String secret = stage.token("located");
        String[] forged = {
            "X-Forwarded-For: 6.6.6.6", "x-forwarded-for: 7.7.7.7", "Forwarded: for=6.6.6.6", "X-Real-IP: 6.6.6.6"
        };
        try (var user = new KeptConnection(stage.port, "127.0.0.9")) {
            assertThat(user.get("/located", with(bearer(secret), forged)).status())
                    .isEqualTo(200);
        }
        assertThat(stage.lastUsedFrom("located")).isEqualTo(usedFrom("127.0.0.9"));
        assertThat(stage.backend.received("/located")).singleElement().satisfies(request -> {
            assertThat(request.value("X-Forwarded-For")).isEqualTo("127.0.0.9");
            assertThat(request.value("Forwarded")).isEmpty();
        });
    }

    @Test
    void a_service_that_reads_the_credential_itself_gets_it(@TempDir Path folder) throws Exception {
        try (var keeping = stage(folder, "--no-strip-credential");
                var user = new KeptConnection(keeping.port)) {
            String credential = bearer(keeping.token("kept"));
            assertThat(user.get("/kept", credential, "X-Token-Name: forged").status())
                    .isEqualTo(200);
            assertThat(user.get("/kept", bearer("nobody")).status()).isEqualTo(401);
            assertThat(keeping.backend.received("/kept")).singleElement().satisfies(request -> {
                assertThat("Authorization: " + request.value("Authorization")).isEqualTo(credential);
                assertThat(request.value("X-Token-Name")).isEqualTo("kept");
            });
        }
    }

    @Test
    void no_service_gets_the_credential_unless_it_is_to(@TempDir Path folder) throws Exception {
        try (var stripping = stage(folder, "--strip-credential");
                var user = new KeptConnection(stripping.port)) {
            String secret = stripping.token("stripped");
            String basic =
                    "Authorization: Basic " + Base64.getEncoder().encodeToString(("me:" + secret).getBytes(UTF_8));
            assertThat(user.get("/stripped", bearer(secret)).status()).isEqualTo(200);
            assertThat(user.get("/stripped", bearer(secret), "Connection: Authorization")
                            .status())
                    .isLessThan(500);
            var _ = user.get("/stripped", basic);
            assertThat(stripping.backend.received("/stripped"))
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.headers())
                            .noneMatch(header -> header.matches("(?i)authorization.*|.*apiv3_.*")));
        }
    }

    static String[] with(String header, String... others) {
        return with(new String[] {header}, others);
    }

    static String[] with(String[] some, String... others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
    }
}
