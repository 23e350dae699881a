package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.OwnerCodes;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.LocalUser;
import io.latchkey.domain.TokenName;
import io.latchkey.http.RunningServer;
import io.latchkey.http.console.Browser.Reply;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Links that the owner of the database makes. */
final class OwnerLinkTest {
    private static String leave(RunningServer server) {
        return server.owners.issue(new SecureRandom(), server.clock.instant(), LocalUser.called("alice"));
    }

    private static Reply use(Browser browser, String code) {
        Reply page = browser.get("/console/sign-in?owner=" + code);
        return browser.post("/console/sign-in", Map.of("owner", code, "form_token", page.formToken()));
    }

    private static Browser signedIn(RunningServer server) {
        Browser browser = new Browser(server);
        assertThat(use(browser, leave(server)).status()).isEqualTo(303);
        return browser;
    }

    @Test
    void signs_the_owner_in_who_acts_as_local_commands_do() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = signedIn(server);
            Reply page = browser.get("/console/new-token");
            assertThat(page.body()).contains("Signed in as</span> <bdi>alice, owner of the database</bdi>");
            Map<String, String> form = new HashMap<>(Map.of(
                    "name", "ci", "kind", "resource", "permissions", "db:logs:read", "expiry", "never", "once", "1"));
            for (String empty : List.of("description", "owner", "labels", "from", "not_before", "routes")) {
                form.put(empty, "");
            }
            form.put("form_token", page.formToken());
            Reply made = browser.post("/console/new-token", form);
            assertThat(made.status()).as(made.body()).isEqualTo(200);
            List<LedgerRecord> all =
                    server.authority.actingAs(new Actor.FileOwner()).ledger().all(LedgerQuery.ALL);
            assertThat(all).extracting(entry -> entry.by().displayName()).containsExactly("owner:alice");
        }
    }

    @Test
    void the_session_of_an_owner_ends_when_the_operator_token_is_regenerated() {
        try (var server = new RunningServer(Map.of())) {
            Browser before = signedIn(server);
            var _ = server.operator();
            Browser browser = signedIn(server);
            assertThat(before.get("/console/tokens").status()).isEqualTo(200);
            assertThat(browser.get("/console/tokens").status()).isEqualTo(200);
            TokenAdministration tokens =
                    server.authority.actingAs(new Actor.FileOwner()).tokens();
            tokens.createNamed(new TokenName("ci"), Lifetime.UNLIMITED, Description.NONE);
            assertThat(browser.get("/console/tokens").status()).isEqualTo(200);
            tokens.regenerateOperator();
            assertThat(browser.get("/console/tokens").headers("location")).containsExactly("/console/sign-in");
            assertThat(browser.get("/console/sign-in").body()).contains("Your session has ended");
        }
    }

    @Test
    void every_page_is_shown_to_the_owner() {
        try (var server = new RunningServer(Map.of())) {
            server.operator();
            Browser browser = signedIn(server);
            for (String path : List.of("", "tokens", "token/_admin", "new-token", "ledger", "check")) {
                assertThat(browser.get("/console/" + path).status()).as(path).isEqualTo(200);
            }
            assertThat(browser.get("/console/").body()).doesNotContain("Your token may not");
        }
    }

    @Test
    void loading_the_page_does_not_use_the_link() {
        try (var server = new RunningServer(Map.of())) {
            String code = leave(server);
            Browser browser = new Browser(server);
            for (int i = 0; i < 2; i++) {
                assertThat(browser.get("/console/sign-in?owner=" + code).body()).contains("Sign in as the owner");
            }
            assertThat(use(browser, code).status()).isEqualTo(303);
        }
    }

    @Test
    void a_link_is_used_once_and_no_second_browser_can_use_it() {
        try (var server = new RunningServer(Map.of())) {
            String code = leave(server);
            assertThat(use(new Browser(server), code).status()).isEqualTo(303);
            Reply again = use(new Browser(server), code);
            assertThat(again.status()).isEqualTo(401);
            assertThat(again.body()).contains("This link was used already");
        }
    }

    @Test
    void a_wrong_code_is_answered_slowly_and_leaves_the_right_one() {
        try (var server = new RunningServer(Map.of())) {
            String code = leave(server);
            long start = System.nanoTime();
            assertThat(use(new Browser(server), "guessed").status()).isEqualTo(401);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SignInThrottle.SHORTEST);
            assertThat(use(new Browser(server), code).status()).isEqualTo(303);
        }
    }

    @Test
    void a_link_is_valid_for_a_minute() {
        try (var server = new RunningServer(Map.of())) {
            String code = leave(server);
            server.clock.advance(OwnerCodes.LIFETIME);
            assertThat(use(new Browser(server), code).status()).isEqualTo(401);
        }
    }

    @Test
    void a_form_of_another_origin_does_not_use_the_link() {
        try (var server = new RunningServer(Map.of())) {
            String code = leave(server);
            Browser browser = new Browser(server);
            String formToken = browser.get("/console/sign-in?owner=" + code).formToken();
            Map<String, String> form = Map.of("owner", code, "form_token", formToken);
            for (String headers : List.of("Sec-Fetch-Site: cross-site\r\n", "Origin: http://evil.example\r\n", "")) {
                assertThat(browser.post("/console/sign-in", headers, form).status())
                        .as(headers)
                        .isEqualTo(403);
            }
            assertThat(browser.post("/console/sign-in", Map.of("owner", code, "form_token", "x"))
                            .status())
                    .isEqualTo(403);
            assertThat(use(browser, code).status()).isEqualTo(303);
        }
    }

    @Test
    void a_session_ends_by_signing_out_and_needs_no_token() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = signedIn(server);
            Browser thief = new Browser(server);
            thief.cookies.putAll(browser.cookies);
            assertThat(thief.get("/console/tokens").status()).isEqualTo(200);
            String formToken = browser.get("/console/").formToken();
            assertThat(browser.post("/console/sign-out", Map.of("form_token", formToken))
                            .status())
                    .isEqualTo(303);
            assertThat(thief.get("/console/tokens").status()).isEqualTo(303);
        }
    }

    @Test
    void the_owner_waits_while_the_store_cannot_be_read() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = signedIn(server);
            server.breakDown();
            assertThat(browser.get("/console/tokens").status()).isEqualTo(503);
            server.repair();
            assertThat(browser.get("/console/tokens").status()).isEqualTo(200);
        }
    }

    @Test
    void a_large_form_of_the_owner_is_read() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = signedIn(server);
            Map<String, String> form = Map.of(
                    "text",
                    "x".repeat(20_000),
                    "form_token",
                    browser.get("/console/check").formToken());
            assertThat(browser.post("/console/check", form).status()).isEqualTo(200);
        }
    }
}
