package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.NewToken;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.TokenName;
import io.latchkey.http.RunningServer;
import io.latchkey.http.console.Browser.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can be done with the ledger in the console, and what the overview knows of the server. */
final class LedgerPageTest {
    private final RunningServer server = new RunningServer(Map.of());

    @AfterEach
    void stop() {
        server.close();
    }

    private TokenAdministration tokens() {
        return server.authority.actingAs(new Actor.FileOwner()).tokens();
    }

    private String create(String name, String permission) {
        return tokens().create(new NewToken(
                        new TokenName(name),
                        Lifetime.UNLIMITED,
                        Description.NONE,
                        Attributes.ADMIN.with(Permissions.parse(List.of(permission)))))
                .secret()
                .reveal();
    }

    private Browser admin() {
        return Browser.signedIn(server, server.operator());
    }

    private static Reply verify(Browser browser, String head) {
        String formToken = browser.get("/console/ledger").formToken();
        return browser.post("/console/ledger/verify", Map.of("head", head, "form_token", formToken));
    }

    private String head() {
        return ((LedgerCheck.Whole) server.store.check(Optional.empty())).head().hex();
    }

    @Test
    void verifies_the_chain_and_shows_its_head_there_and_on_the_overview() {
        Browser browser = admin();
        assertThat(browser.get("/console/").body()).doesNotContain(head());
        Reply reply = verify(browser, "");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.body()).contains("The ledger is intact", "1 entry", head());
        assertThat(browser.get("/console/ledger").body()).contains(head());
        assertThat(browser.get("/console/").body()).contains(head() + "</code> at entry 1");
    }

    @Test
    void finds_a_head_that_was_kept_and_misses_another() {
        Browser browser = admin();
        create("ci", "db:logs:read");
        assertThat(verify(browser, head().toUpperCase(Locale.ROOT)).body())
                .contains("2 entries", "the earlier head is among them");
        assertThat(verify(browser, "f".repeat(64)).body())
                .contains("The ledger does not contain that head")
                .doesNotContain("The ledger is intact");
        assertThat(verify(browser, "xyz").status()).isEqualTo(400);
    }

    @Test
    void only_a_reader_of_the_whole_ledger_verifies_it_and_learns_its_head() {
        admin();
        var _ = server.authority.verifyLedger(new Actor.FileOwner(), Optional.empty());
        Browser part = Browser.signedIn(server, create("part", "ledger:ci-*:read"));
        assertThat(part.get("/console/ledger").body()).doesNotContain(head(), "ledger/verify");
        assertThat(part.get("/console/").body())
                .doesNotContain("<dt>Head</dt>", "<dt>Last backup</dt>", "<dt>Database</dt>");
        String formToken = part.get("/console/").formToken();
        assertThat(part.post("/console/ledger/verify", Map.of("form_token", formToken))
                        .status())
                .isEqualTo(403);
        Browser whole = Browser.signedIn(server, create("whole", "ledger:*:read"));
        assertThat(verify(whole, "").status()).isEqualTo(200);
    }

    @Test
    void exports_all_entries_that_the_filter_lets_through() {
        Browser browser = admin();
        for (int i = 0; i < 100; i++) {
            create("t" + i, "db:logs:read");
        }
        Reply all = browser.get("/console/ledger/export");
        assertThat(all.headers("content-disposition"))
                .containsExactly("attachment; filename=\"latchkey-ledger-2026-03-01.jsonl\"");
        assertThat(all.text().lines().filter(line -> line.startsWith("{\"revision\":")))
                .hasSize(101)
                .first()
                .asString()
                .contains("\"revision\":1,", "\"kind\":\"issued\"");
        PagePolicyTest.assertPolicy(all);
        Reply one = browser.get("/console/ledger/export?token=t7");
        assertThat(one.text().lines().filter(line -> line.startsWith("{\"revision\":")))
                .singleElement()
                .asString()
                .contains("\"t7\"");
        assertThat(browser.get("/console/ledger?token=t7").body()).contains("/console/ledger/export?token=t7\"");
        assertThat(browser.get("/console/ledger/export?kind=nonsense").status()).isEqualTo(400);
    }

    /** The clock says noon of 2026-03-01 in UTC when the first entry is made. */
    private Browser withEntriesOfThreeDays() {
        Browser browser = admin();
        create("first", "db:logs:read");
        server.clock.advance(Duration.ofDays(1));
        create("second", "db:logs:read");
        server.clock.advance(Duration.ofHours(10)); // 22:00 in UTC, the next day in Tokyo
        create("third", "db:logs:read");
        return browser;
    }

    private static List<String> names(Reply page) {
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        return Pattern.compile("issued</strong>\\s*<a[^>]*><bdi>([^<]*)</bdi>")
                .matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void filters_by_a_time_as_the_reader_says_it() {
        Browser browser = withEntriesOfThreeDays();
        Map.of(
                        "since=2026-03-02", List.of("third", "second"),
                        "until=2026-03-02", List.of("first", "_admin"),
                        "since=2026-03-02&until=2026-03-03", List.of("third", "second"),
                        "since=2026-03-02+12:01", List.of("third"),
                        "since=2026-03-02T12:00:00Z&until=2026-03-02T12:00:01Z", List.of("second"),
                        "since=1h", List.of("third"),
                        "since=2d&until=11h", List.of("first", "_admin"),
                        "since=2026-03-03&zone=Asia/Tokyo", List.of("third"),
                        "since=2026-03-03&zone=America/New_York", List.of())
                .forEach((query, expected) -> assertThat(names(browser.get("/console/ledger?" + query)))
                        .as(query)
                        .isEqualTo(expected));
        Reply page = browser.get("/console/ledger?since=2026-03-03&zone=Asia/Tokyo");
        assertThat(page.body())
                .contains("value=\"2026-03-03\"", "<span id=\"zone\">Asia/Tokyo</span>")
                .contains("/console/ledger/export?since=2026-03-03&amp;zone=Asia%2FTokyo\"");
        assertThat(browser.get("/console/ledger/export?since=2026-03-03&zone=Asia/Tokyo")
                        .text()
                        .lines()
                        .filter(line -> line.startsWith("{\"revision\":")))
                .singleElement()
                .asString()
                .contains("\"third\"");
        assertThat(browser.get("/console/ledger?zone=Asia/Tokyo").body()).doesNotContain(">Clear</a>");
    }

    @Test
    void says_what_is_wrong_with_a_time() {
        Browser browser = admin();
        for (String query : List.of("since=soon", "until=2026-13-01", "since=2026-02-30+10:00")) {
            Reply reply = browser.get("/console/ledger?" + query);
            assertThat(reply.status()).as(query).isEqualTo(400);
            assertThat(reply.body()).as(query).contains("a date such as 2030-01-31", "how long ago, such as 2d");
        }
        assertThat(browser.get("/console/ledger?since=2d&zone=Mars").status()).isEqualTo(400);
    }

    @Test
    void exports_only_what_the_reader_may_see() {
        admin();
        create("ci-1", "db:logs:read");
        Browser part = Browser.signedIn(server, create("part", "ledger:ci-*:read"));
        Reply seen = part.get("/console/ledger/export");
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.text()).contains("\"ci-1\"").doesNotContain("\"_admin\"");
        Browser none = Browser.signedIn(server, create("none", "db:logs:read"));
        assertThat(none.get("/console/ledger/export").status()).isEqualTo(403);
    }

    @Test
    void the_overview_knows_the_backups_of_this_server() throws IOException {
        Browser browser = admin();
        assertThat(browser.get("/console/").body()).contains("none since the server started");
        server.authority.actingAs(new Actor.FileOwner()).transfer().backUp().close();
        assertThat(browser.get("/console/").body())
                .contains("made through this server")
                .doesNotContain("none since the server started");
    }

    @Test
    void sizes_are_in_words() {
        assertThat(List.of(HealthFacts.words(0), HealthFacts.words(1023), HealthFacts.words(1024)))
                .containsExactly("0 bytes", "1023 bytes", "1.0 kB");
        assertThat(HealthFacts.words(1_572_864)).isEqualTo("1.5 MB");
        assertThat(HealthFacts.words(Long.MAX_VALUE)).endsWith(" TB");
    }
}
