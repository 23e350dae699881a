package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.http.RunningServer;
import io.latchkey.http.console.Browser.Reply;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The headers of every response of the console. */
final class PagePolicyTest {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    @Test
    void every_response_has_the_policy_and_is_not_stored() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            for (Reply reply : List.of(
                    browser.get("/console"),
                    browser.get("/console/"),
                    browser.get("/console/tokens"),
                    browser.get("/console/tokens?state=wrong"),
                    browser.get("/console/nothing"),
                    browser.get("/console/sign-in"),
                    browser.get("/console/assets/console.css"),
                    browser.post("/console/sign-out", Map.of()),
                    browser.post("/console/tokens?a=%ff", Map.of()),
                    browser.send("DELETE", "/console/tokens", "", ""),
                    browser.send("OPTIONS", "/console/tokens", "Origin: http://evil.example\r\n", ""),
                    new Browser(server).get("/console/tokens"))) {
                assertPolicy(reply);
                assertThat(reply.headers("cache-control")).as(reply.text()).containsExactly("no-store");
            }
        }
    }

    @Test
    void head_is_answered_as_get_without_a_body_and_other_methods_are_refused() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            for (String path : List.of(
                    "/console/", "/console/tokens", "/console/sign-in", "/console/ledger/export", "/console/x")) {
                Reply get = browser.get(path);
                Reply head = browser.send("HEAD", path, "Sec-Fetch-Site: same-origin\r\n", "");
                assertThat(head.status()).as(path).isEqualTo(get.status());
                assertThat(head.body()).as(path).isEmpty();
                assertThat(head.headers("content-type")).isEqualTo(get.headers("content-type"));
                assertPolicy(head);
            }
            for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS")) {
                Reply reply = browser.send(method, "/console/tokens", "", "");
                assertThat(reply.status()).as(method).isEqualTo(405);
                assertThat(reply.headers("allow")).containsExactly("GET, HEAD, POST");
                assertPolicy(reply);
            }
        }
    }

    /** Whether a browser may do nothing with a response but what the policy says. */
    static void assertRestricted(Reply reply) {
        assertThat(reply.headers("content-security-policy")).as(reply.text()).containsExactly(POLICY);
        assertThat(reply.headers("referrer-policy")).containsExactly("no-referrer");
        assertThat(reply.headers("x-content-type-options")).containsExactly("nosniff");
        assertThat(reply.headers("x-frame-options")).containsExactly("DENY");
        assertThat(reply.headers("cross-origin-opener-policy")).containsExactly("same-origin");
        assertThat(reply.headers("cross-origin-resource-policy")).containsExactly("same-origin");
    }

    static void assertPolicy(Reply reply) {
        assertRestricted(reply);
        assertThat(reply.headers("date")).hasSize(1);
        assertThat(reply.headers("access-control-allow-origin")).isEmpty();
        assertThat(reply.headers("access-control-allow-headers")).isEmpty();
    }

    @Test
    void assets_have_a_fingerprint_and_are_kept() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = new Browser(server);
            Matcher assets = Pattern.compile("\"(/console/assets/[^\"]+)\"")
                    .matcher(browser.get("/console/sign-in").body());
            assertThat(assets.results().map(each -> each.group(1)).distinct())
                    .hasSize(3)
                    .allSatisfy(path -> {
                        Reply reply = browser.get(path);
                        assertThat(reply.status()).isEqualTo(200);
                        assertThat(path).matches(".*\\.[0-9a-f]{16}\\.(css|js|svg)");
                        assertThat(reply.headers("cache-control"))
                                .containsExactly("public, max-age=31536000, immutable");
                        assertPolicy(reply);
                    });
        }
    }

    @Test
    void nothing_is_inline_or_from_elsewhere() {
        try (var server = new RunningServer(Map.of())) {
            String page = Browser.signedIn(server, server.operator())
                    .get("/console/tokens")
                    .body();
            assertThat(page).doesNotContainPattern("<style|style=|<script>|\\son[a-z]+=|(src|href)=\"(https?:)?//");
        }
    }
}
