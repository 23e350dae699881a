package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.NewToken;
import io.latchkey.application.TokenAdministration;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.RunningServer;
import io.latchkey.http.console.Browser.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The overview and the ledger. */
final class OverviewTest {
    private final RunningServer server = new RunningServer(Map.of());
    private final String operator = server.operator();

    @AfterEach
    void stop() {
        server.close();
    }

    private TokenAdministration tokens() {
        return server.authority.actingAs(new Actor.FileOwner()).tokens();
    }

    private String create(String name, String lifetime, String... permissions) {
        return tokens().create(new NewToken(
                        new TokenName(name),
                        Lifetime.parse(lifetime),
                        Description.NONE,
                        Attributes.ADMIN.with(Permissions.parse(List.of(permissions)))))
                .secret()
                .reveal();
    }

    private static final String AGAIN = "Sec-Fetch-Site: same-origin\r\nLatchkey-Refresh: 1\r\n";

    @Test
    void a_page_that_loads_itself_again_gets_only_what_changed() {
        Browser browser = Browser.signedIn(server, operator);
        Reply page = browser.get("/console/");
        String tag = page.headers("etag").getFirst();
        String known = AGAIN + "If-None-Match: " + tag + "\r\n";
        Reply same = browser.send("GET", "/console/", known, "");
        assertThat(same.status()).as(same.text()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        PagePolicyTest.assertPolicy(same);
        assertThat(browser.send("GET", "/console/", known.replace(AGAIN, ""), "")
                        .status())
                .as("a person who loads the page")
                .isEqualTo(200);
        create("ci", "never", "db:a:read");
        Reply other = browser.send("GET", "/console/", known, "");
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.body()).contains("<span class=\"big\">2</span> tokens");
        assertThat(other.headers("etag")).doesNotContain(tag);
    }

    @Test
    void a_page_that_loads_itself_again_does_not_take_what_is_said_once() {
        create("ci", "never", "db:a:read");
        Browser browser = Browser.signedIn(server, operator);
        Reply page = browser.get("/console/token/ci");
        String version = page.body().split("name=\"version\" value=\"", 2)[1].split("\"", 2)[0];
        assertThat(browser.post(
                                "/console/token/ci/disable",
                                Map.of("form_token", page.formToken(), "version", version, "reason", ""))
                        .status())
                .isEqualTo(303);
        for (String method : List.of("GET", "HEAD")) {
            var _ = browser.send(method, "/console/token/ci", method.equals("GET") ? AGAIN : "", "");
        }
        assertThat(browser.get("/console/token/ci").body()).contains("The token is disabled:");
    }

    @Test
    void counts_tokens_by_state_and_shows_what_expires_next() {
        create("soon", "9d", "db:a:read");
        create("later", "90d", "db:a:read");
        create("paused", "never", "db:a:read");
        tokens().disable(new TokenName("paused"), Reason.NONE, Precondition.NONE);
        String page = Browser.signedIn(server, operator).get("/console/").body();
        assertThat(page)
                .contains("<span class=\"big\">4</span> tokens")
                .contains("<span class=\"big\">3</span> active")
                .contains("<span class=\"big\">1</span> disabled")
                .contains("<span class=\"big\">1</span> expire within 30 days")
                .contains("href=\"/console/token/soon\"", "<rect ")
                .doesNotContain("href=\"/console/token/later\"");
    }

    @Test
    void plots_the_verdicts_of_the_last_hour() {
        TokenSecret secret = TokenSecret.presented(create("ci", "never", "db:a:read"));
        Browser browser = Browser.signedIn(server, operator);
        server.authority.authenticate(secret);
        server.authority.authenticate(TokenSecret.presented("nobody's"));
        assertThat(browser.get("/console/").body()).contains("Verdicts in the last hour", "12:00</th>");
        server.clock.advance(Duration.ofMinutes(1));
        tokens().disable(new TokenName("ci"), Reason.NONE, Precondition.NONE);
        server.authority.authenticate(secret);
        assertThat(browser.get("/console/").body())
                .contains("<svg class=\"plot\"", "<path class=\"accepted\"", "<path class=\"refused\"")
                .contains("Unknown</th>", "Disabled</th>", "in one minute", "12:00</th>", "12:01</th>")
                .doesNotContain("without an answer", "style=");
        server.clock.advance(Duration.ofMinutes(61));
        assertThat(Browser.signedIn(server, operator).get("/console/").body()).doesNotContain("12:01</th>");
        assertThat(Browser.signedIn(server, create("reader", "never", "tokens:*:read"))
                        .get("/console/")
                        .body())
                .doesNotContain("Verdicts in the last hour");
    }

    @Test
    void shows_a_resource_token_the_counts_of_what_it_sees() {
        create("unseen", "9d", "db:a:read");
        String page = Browser.signedIn(server, create("ci-reader", "never", "tokens:ci-*:read"))
                .get("/console/")
                .body();
        assertThat(page)
                .contains("<span class=\"big\">1</span> tokens", "ledger:*:read", "system:metrics:read")
                .doesNotContain("unseen", "Create the first one");
    }

    @Test
    void shows_the_ledger_newest_first_with_what_changed() {
        create("ci", "never", "db:a:read");
        create("db", "never", "db:a:read");
        tokens().disable(new TokenName("ci"), new Reason("lost"), Precondition.NONE);
        Browser browser = Browser.signedIn(server, operator);
        String page = browser.get("/console/ledger").body();
        assertThat(page.indexOf("<strong>disabled</strong>"))
                .isPositive()
                .isLessThan(page.indexOf("<strong>issued</strong>"));
        assertThat(page).contains(": lost</bdi></ins>");
        assertThat(browser.get("/console/ledger?token=db").body()).doesNotContain("<strong>disabled</strong>");
        assertThat(browser.get("/console/ledger?kind=disabled").body()).doesNotContain("<strong>issued</strong>");
        assertThat(browser.get("/console/ledger?actor=holder:nobody").body()).contains("No entry matches");
        assertThat(browser.get("/console/ledger?kind=nonsense").status()).isEqualTo(400);
        assertThat(browser.get("/console/ledger?before=x").status()).isEqualTo(400);
        String without = create("without", "never", "db:a:read");
        assertThat(Browser.signedIn(server, without).get("/console/ledger").status())
                .isEqualTo(403);
    }

    @Test
    void pages_through_the_ledger() {
        for (int i = 0; i < 60; i++) {
            create("t" + i, "never", "db:a:read");
        }
        Browser browser = Browser.signedIn(server, operator);
        String first = browser.get("/console/ledger").body();
        assertThat(first).contains("/console/token/t59\"", "/console/token/t10\"", "?before=11\"");
        assertThat(first).doesNotContain("/console/token/t9\"");
        String second = browser.get("/console/ledger?before=11").body();
        assertThat(second)
                .contains("/console/token/t9\"", "/console/token/_admin\"")
                .doesNotContain("?before=");
    }

    @Test
    void tells_the_size_of_the_ledger_only_to_those_who_may_read_it() {
        assertThat(Browser.signedIn(server, operator).get("/console/").body()).contains("1 entry,", "not checked yet");
        assertThat(Browser.signedIn(server, create("reader", "never", "tokens:*:read"))
                        .get("/console/")
                        .body())
                .contains("<dt>Ledger</dt>", "not checked yet")
                .doesNotContain("1 entry", "2 entries");
    }
}
