package io.latchkey.cli;

import static io.latchkey.cli.KeptConnection.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a program that asks for permissions must do with what {@code latchkey config} prints for it: whatever an end user
 * sends, Latchkey judges the method that the service gets.
 */
abstract class PermittingRecipe extends ForwardAuthRecipe {
    private static final List<String> READS = List.of("GET", "HEAD", "OPTIONS");
    private static final List<String> WRITES = List.of("POST", "PUT", "PATCH", "DELETE", "PROPFIND");

    /** What an end user sends who wants a request to be taken for another one. */
    private static final String[][] FORGED = {
        {"X-Forwarded-Method: GET"},
        {"X-Forwarded-Method: DELETE"},
        {"x-forwarded-method: GET", "X-FORWARDED-METHOD: HEAD"},
        {"X_Forwarded_Method: GET", "X-Forwarded_Method: GET"},
        {"X-Original-Method: GET", "X-Method: GET", "Method: GET"},
        {"X-HTTP-Method-Override: DELETE", "X-HTTP-Method: DELETE", "X-Method-Override: DELETE"},
        {"X_HTTP_Method_Override: DELETE", "X-HTTP_Method: DELETE", "X_Method_Override: DELETE"},
        {"X-Forwarded-Upgrade:"},
        {"X-Forwarded-Upgrade: none", "x-forwarded-upgrade:"},
        {"X-Forwarded-Host: other.test", "X-Host: other.test", "X-Original-Host: other.test"},
        {"X-Forwarded-Uri: /public", "X-Original-URL: /public", "X-Rewrite-URL: /public", "X-Original-URI: /public"},
        {"X-Forwarded-Prefix: /public", "X-Forwarded-Path: /public", "X-Forwarded-Proto: https"},
        {"Connection: X-Forwarded-Method"},
        {"Connection: close, x-forwarded-method, X-Forwarded-Upgrade", "X-Forwarded-Method: GET"},
        {"Connection: keep-alive", "Connection: X-Forwarded-Method, X-Forwarded-Upgrade, Host"},
        {"Connection: Authorization, X-Forwarded-Method"},
        {"Connection: Upgrade, X-Forwarded-Upgrade, X-Forwarded-Method", "Upgrade: h2c"},
        {"Keep-Alive: X-Forwarded-Method", "Proxy-Connection: X-Forwarded-Method", "TE: X-Forwarded-Method"},
        {"Content-Length: 0"}
    };

    private String reader;
    private String writer;

    @BeforeAll
    void permit() throws Exception {
        reader = stage.resource("reader", "service:web:read");
        writer = stage.resource("writer", "service:web:write");
    }

    @Test
    void who_may_read_does_not_write_and_who_may_write_does_not_read() throws Exception {
        for (String method : READS) {
            assertThat(knock(method, "/reads", reader)).as(method).isEqualTo(200);
            assertThat(knock(method, "/lacks", writer)).as(method).isEqualTo(403);
        }
        for (String method : WRITES) {
            assertThat(knock(method, "/writes", writer)).as(method).isEqualTo(200);
            assertThat(knock(method, "/lacks", reader)).as(method).isEqualTo(403);
        }
        assertThat(stage.backend.received("/reads")).hasSameSizeAs(READS).allSatisfy(request -> {
            assertThat(request.value("X-Token-Kind")).isEqualTo("resource");
            assertThat(request.headers().toString()).doesNotContain("apiv3_");
        });
        assertThat(stage.backend.received("/writes")).hasSameSizeAs(WRITES);
        assertThat(stage.backend.received("/lacks")).isEmpty();
    }

    @Test
    void tells_which_permission_is_missing() throws Exception {
        assertThat(challenge("POST", reader)).isEqualTo(missing("write"));
        assertThat(challenge("GET", writer)).isEqualTo(missing("read"));
        assertThat(challenge("GET", "nobody")).isEqualTo("Bearer realm=\"latchkey\"");
        assertThat(challenge("GET", reader)).isEmpty();
    }

    private static String missing(String action) {
        return "Bearer realm=\"latchkey\", error=\"insufficient_scope\", scope=\"service:web:" + action + "\"";
    }

    @Test
    void no_other_permission_opens_anything() throws Exception {
        String other = stage.resource("other", "service:webs:*", "services:web:*", "service:web:admin", "tokens:*:*");
        String none = stage.resource("none");
        for (String method : List.of("GET", "OPTIONS", "POST", "DELETE")) {
            assertThat(knock(method, "/other", other)).as(method).isEqualTo(403);
            assertThat(knock(method, "/other", none)).as(method).isEqualTo(403);
        }
        assertThat(stage.backend.received("/other")).isEmpty();
    }

    @Test
    void nothing_that_an_end_user_sends_makes_a_write_a_read() throws Exception {
        int before = stage.relay.heard().length();
        for (String method : List.of("POST", "PUT", "DELETE", "PROPFIND", "get", "GETS", "Head")) {
            for (String target : new String[] {"/write", "http://other.test/write", "//write", "/write?_method=GET"}) {
                for (String[] forged : FORGED) {
                    try (var user = new KeptConnection(stage.port)) {
                        assertThat(user.send(method, target, "", with(bearer(reader), forged))
                                        .status())
                                .as(method + " " + target + Arrays.toString(forged))
                                .isBetween(400, 499);
                    }
                }
            }
        }
        assertThat(stage.backend.received("/+write")).isEmpty();
        String asked = stage.relay.heard().substring(before);
        assertThat(asked.lines().filter(line -> line.matches("(?i)x-forwarded-(method|upgrade):.*")))
                .isNotEmpty()
                .allMatch(line -> line.matches("(?i)x-forwarded-method: (POST|PUT|DELETE|PROPFIND|get|GETS|Head)|"
                        + "x-forwarded-upgrade: ?"));
        assertThat(asked.lines().filter(line -> line.endsWith(" HTTP/1.1")))
                .isNotEmpty()
                .allMatch(line -> line.matches(
                        "(GET|HEAD) /api/v1/verify/request\\?strict&permission=service:web:[^ &]+&[^ &]+ .*"));
    }

    @Test
    void nothing_that_a_reader_sends_makes_the_service_write() throws Exception {
        int passed = 0;
        for (String[] forged : FORGED) {
            try (var user = new KeptConnection(stage.port)) {
                passed += user.get("/read", with(bearer(reader), forged)).status() == 200 ? 1 : 0;
            }
        }
        assertThat(passed).isGreaterThan(12);
        assertThat(stage.backend.received("/read")).hasSize(passed).allSatisfy(request -> {
            assertThat(request.start()).startsWith("GET ");
            assertThat(request.headers())
                    .noneMatch(header -> header.matches("(?i)x[-_]((http|forwarded)[-_])?(method|upgrade).*: *\\S+")
                            && !header.matches("(?i)x-method: GET"));
        });
    }

    @Test
    void a_websocket_writes() throws Exception {
        String[][] upgrades = {
            {"Connection: Upgrade", "Upgrade: websocket"},
            {"connection: keep-alive, upgrade", "UPGRADE: WebSocket"},
            {"Connection: Upgrade, X-Forwarded-Upgrade", "Upgrade: websocket", "X-Forwarded-Upgrade:"},
            {"Connection: Upgrade, X-Forwarded-Method", "Upgrade: websocket", "X-Forwarded-Method: GET"},
            {"Connection: Upgrade", "Upgrade: h2c", "Upgrade: websocket"},
            {"Connection: Upgrade", "Upgrade: websocket", "Upgrade: h2c"},
            {"Connection: Upgrade", "Upgrade: websocket, h2c"},
            {"Connection: Upgrade", "Upgrade:websocket "},
            {"Connection: Upgrade", "Upgrade: websocket/13"},
            {"Connection: keep-alive", "Upgrade: websocket"}
        };
        for (String[] upgrade : upgrades) {
            String[] headers = Stream.concat(
                            Stream.of(
                                    bearer(reader),
                                    "Sec-WebSocket-Version: 13",
                                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
                            Stream.of(upgrade))
                    .toArray(String[]::new);
            try (var user = new KeptConnection(stage.port)) {
                assertThat(user.get("/shell", headers).status())
                        .as(Arrays.toString(upgrade))
                        .isIn(200, 400, 403);
            }
        }
        assertThat(stage.backend.received("/shell"))
                .allSatisfy(request -> assertThat(request.value("Upgrade")).isEmpty());
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.upgrade("/shell", bearer(reader)).status()).isEqualTo(403);
        }
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.upgrade("/shell", bearer(writer)).status()).isEqualTo(101);
            assertThat(user.exchange("whoami")).isEqualTo("whoami");
        }
    }

    private int knock(String method, String path, String secret) throws IOException {
        try (var user = new KeptConnection(stage.port)) {
            return user.send(method, path, "", bearer(secret)).status();
        }
    }

    private String challenge(String method, String secret) throws IOException {
        try (var user = new KeptConnection(stage.port)) {
            return user.send(method, "/challenge", "", bearer(secret)).value("WWW-Authenticate");
        }
    }
}
