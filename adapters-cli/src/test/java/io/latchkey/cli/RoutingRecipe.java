package io.latchkey.cli;

import static io.latchkey.cli.KeptConnection.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a program that hands on the route of a request must do with what {@code latchkey config} prints for it: Latchkey
 * judges the method, the host and the path that the service gets, byte for byte.
 */
abstract class RoutingRecipe extends PermittingRecipe {
    private static final String HOST = "Host: guarded.test";

    /** May read and write below {@code /api}, by {@code GET} and {@code HEAD} only. */
    private String routed;

    @BeforeAll
    void route() throws Exception {
        routed = stage.routed("routed", "service:web:read,write", "GET,HEAD guarded.test/api/**");
    }

    @Test
    void latchkey_is_asked_about_the_target_and_the_host_that_the_service_gets() throws Exception {
        int passed = 0;
        for (String target : targets()) {
            passed += asked("GET " + target + " HTTP/1.1", HOST);
            passed += asked("POST " + target + " HTTP/1.1", HOST, "X-Forwarded-Uri: /x", "X-Forwarded-Host: x");
        }
        for (String[] host : OddRequests.HOSTS) {
            passed += asked("GET /api/a HTTP/1.1", host);
            passed += asked("GET http://other.test/api/a HTTP/1.1", host);
            passed += asked("GET /api/a HTTP/1.0", host);
        }
        for (String[] forged : OddRequests.FORGED) {
            passed += asked("GET /api/a HTTP/1.1", with(HOST, forged));
        }
        assertThat(passed).isGreaterThan(100);
    }

    @Test
    void a_token_opens_its_routes_and_the_service_gets_what_was_judged() throws Exception {
        for (String target : OddRequests.PLAIN) {
            for (String method : List.of("GET", "HEAD")) {
                int before = stage.backend.received().size();
                assertThat(knock(routed, method + " " + target + " HTTP/1.1", HOST))
                        .as(method + " " + target)
                        .isEqualTo(200);
                assertThat(stage.backend.received()).hasSize(before + 1);
                assertThat(stage.backend.received().getLast().start()).isEqualTo(method + " " + target + " HTTP/1.1");
            }
        }
    }

    @Test
    void a_token_opens_no_other_path_however_it_is_written() throws Exception {
        int before = stage.backend.received().size();
        for (String target : OddRequests.HOSTILE) {
            for (String[] forged : new String[][] {{}, OddRequests.FORGED[0], OddRequests.FORGED[7]}) {
                assertThat(knock(routed, "GET " + target + " HTTP/1.1", with(HOST, forged)))
                        .as(target)
                        .isBetween(400, 499);
            }
        }
        assertThat(stage.backend.received()).hasSize(before);
    }

    @Test
    void a_token_opens_no_other_method() throws Exception {
        int before = stage.backend.received().size();
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "get", "GETS", "HEAd")) {
            for (String[] forged : OddRequests.FORGED) {
                assertThat(knock(routed, method + " /api/a HTTP/1.1", with(HOST, forged)))
                        .as(method + Arrays.toString(forged))
                        .isBetween(400, 499);
            }
        }
        assertThat(stage.backend.received()).hasSize(before);
    }

    @Test
    void whatever_headers_say_the_service_gets_only_what_the_routes_allow() throws Exception {
        int before = stage.backend.received().size();
        int passed = 0;
        for (String[] host : OddRequests.HOSTS) {
            for (String target : List.of("/api/a", "http://guarded.test/api/a", "http://other.test/api/a")) {
                passed += knock(routed, "GET " + target + " HTTP/1.1", host) == 200 ? 1 : 0;
            }
            knock(routed, "GET /api/a HTTP/1.0", host);
        }
        for (String target : OddRequests.ABSOLUTE) {
            for (String version : List.of("HTTP/1.1", "HTTP/2.0", "HTTP/3.0")) { // whatever the first line says
                knock(routed, "GET " + target + " " + version, HOST);
            }
        }
        for (String[] forged : OddRequests.FORGED) {
            passed += knock(routed, "GET /api/a HTTP/1.1", with(HOST, forged)) == 200 ? 1 : 0;
            assertThat(knock(routed, "GET /admin HTTP/1.1", with(HOST, forged)))
                    .as(Arrays.toString(forged))
                    .isBetween(400, 499);
            assertThat(knock(routed, "GET /api/a HTTP/1.1", with("Host: other.test", forged)))
                    .as(Arrays.toString(forged))
                    .isBetween(400, 499);
        }
        assertThat(passed).isGreaterThan(12);
        List<RawHttp> received = stage.backend.received();
        assertThat(received.subList(before, received.size()))
                .hasSizeGreaterThanOrEqualTo(passed)
                .allSatisfy(RoutingRecipe::assertAllowed);
    }

    @Test
    void a_websocket_does_not_read() throws Exception {
        String reads = stage.routed("reads", "service:web:read,write", "read guarded.test/live");
        String opens = stage.routed("opens", "service:web:read,write", "* guarded.test/live");
        assertThat(knock(reads, "GET /live HTTP/1.1", HOST)).isEqualTo(200);
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.upgrade("/live", bearer(reads)).status()).isBetween(400, 499);
        }
        try (var user = new KeptConnection(stage.port)) {
            assertThat(user.upgrade("/live", bearer(opens)).status()).isEqualTo(101);
            assertThat(user.exchange("whoami")).isEqualTo("whoami");
        }
        assertThat(stage.backend.received("/live")).hasSize(2);
    }

    @Test
    void a_token_with_routes_opens_nothing_where_no_route_is_handed_on(@TempDir Path folder) throws Exception {
        try (var older = new ProxyTestBed(folder, stage -> {
            stage.edit(printed -> printed.replace("/api/v1/verify/request", "/api/v1/verify"));
            return start(stage);
        })) {
            String limited = older.routed("limited", "service:web:read,write", "* guarded.test/**");
            String free = older.resource("free", "service:web:read,write");
            for (String[] forged : OddRequests.FORGED) {
                assertThat(knock(older, limited, "GET /api/a HTTP/1.1", with(HOST, forged)))
                        .as(Arrays.toString(forged))
                        .isEqualTo(401);
            }
            assertThat(older.backend.received()).isEmpty();
            assertThat(knock(older, free, "GET /api/a HTTP/1.1", HOST)).isEqualTo(200);
        }
    }

    /** As the service reads it, which knows nothing of Latchkey. */
    private static void assertAllowed(RawHttp request) {
        assertThat(request.start()).matches("GET /api/a(\\?x)? HTTP/1\\.[01]");
        assertThat(request.value("Host").toLowerCase(Locale.ROOT)).matches("guarded\\.test(:80|:443)?");
        assertThat(request.headers())
                .filteredOn(header -> header.toLowerCase(Locale.ROOT).startsWith("host:"))
                .hasSize(1);
        assertThat(request.headers())
                .noneMatch(header -> header.matches(
                        "(?i)[^:]*_[^:]*:.*|x[-_](original|rewrite|forwarded)[-_](ur[il]|path|prefix|method): *\\S.*"
                                + "|x[-_]((original|forwarded)[-_])?host: *(?!guarded\\.test)\\S.*"));
    }

    /** How often a request that an admin sends reaches the service, of which Latchkey must have been asked the very same. */
    private int asked(String start, String... headers) throws IOException {
        int before = stage.backend.received().size();
        int heard = stage.relay.heard().length();
        knock(stage.operator(), start, headers);
        List<RawHttp> received = stage.backend.received();
        String about = start + Arrays.toString(headers);
        assertThat(received.size() - before).as(about).isLessThan(2);
        if (received.size() == before) {
            return 0;
        }
        RawHttp request = received.getLast();
        String[] words = request.start().split(" ", 2);
        assertThat(heard(heard, "X-Forwarded-Method")).as(about).isNotEmpty().containsOnly(words[0]);
        // No route is met without a host, so what is said of the target does not matter then.
        List<String> hosts = heard(heard, "X-Forwarded-Host");
        assertThat(hosts).as(about).isSubsetOf("", request.value("Host"));
        if (hosts.contains(request.value("Host"))) {
            assertThat(heard(heard, "X-Forwarded-Uri"))
                    .as(about)
                    .isNotEmpty()
                    .containsOnly(words[1].substring(0, words[1].lastIndexOf(' ')));
        }
        return 1;
    }

    /** The values of a header in what Latchkey was asked since. */
    private List<String> heard(int since, String name) {
        return stage.relay
                .heard()
                .substring(since)
                .lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }

    private int knock(String secret, String start, String... headers) throws IOException {
        return knock(stage, secret, start, headers);
    }

    private static int knock(ProxyTestBed stage, String secret, String start, String... headers) throws IOException {
        try (var user = new KeptConnection(stage.port)) {
            return user.raw(start, with(bearer(secret), headers)).status();
        }
    }

    private static List<String> targets() {
        return Stream.of(OddRequests.PLAIN, OddRequests.HOSTILE, OddRequests.ABSOLUTE)
                .flatMap(List::stream)
                .toList();
    }
}
