package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.NewToken;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import io.latchkey.http.RunningServer;
import io.latchkey.http.console.Browser.Reply;
import io.latchkey.http.wire.PercentEncoding;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page of a token, and what can be done there. */
final class TokenPageTest {
    private static final TokenName CI = new TokenName("ci");
    private static final String PAGE = "/console/token/ci";
    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"([^\"]+)\"");
    private static final Pattern SECRET = Pattern.compile("apiv3_[A-Za-z0-9_-]{86}");

    private final RunningServer server = new RunningServer(Map.of());
    private final String operator = server.operator();
    private final String secret = create("ci", "db:a:read");

    @AfterEach
    void stop() {
        server.close();
    }

    private TokenAdministration tokens() {
        return server.authority.actingAs(new Actor.FileOwner()).tokens();
    }

    private String create(String name, String... permissions) {
        return tokens().create(new NewToken(
                        new TokenName(name),
                        Lifetime.UNLIMITED,
                        Description.NONE,
                        Attributes.ADMIN.with(Permissions.parse(List.of(permissions)))))
                .secret()
                .reveal();
    }

    private Token ci() {
        return tokens().find(CI);
    }

    private static Map<String, String> form(Reply page, String... fields) {
        Matcher version = VERSION.matcher(page.text());
        assertThat(version.find()).as(page.text()).isTrue();
        Map<String, String> form = new HashMap<>(Map.of("form_token", page.formToken(), "version", version.group(1)));
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return form;
    }

    private static void assertDone(Reply reply, String location) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(303);
        assertThat(reply.headers("location")).containsExactly(location);
    }

    private boolean isAccepted(String presented) {
        return server.authority.check(TokenSecret.presented(presented)) instanceof Verdict.Accepted;
    }

    @Test
    void plots_uses_and_refusals_by_day_and_hour_with_a_table_behind() {
        Browser browser = Browser.signedIn(server, operator);
        assertThat(browser.get(PAGE).text()).contains("It was never used").doesNotContain("<svg class=\"plot\"");
        server.authority.authenticate(TokenSecret.presented(secret));
        server.authority.authenticate(TokenSecret.presented(secret));
        tokens().disable(CI, Reason.NONE, Precondition.NONE);
        server.authority.authenticate(TokenSecret.presented(secret));
        String page = browser.get(PAGE).body();
        assertThat(page)
                .contains("By day", "By hour", "By secret")
                .contains("<path class=\"accepted\" d=\"M891 60v-37h8v37z\">")
                .contains("<path class=\"refused\" d=\"M891 23v-19h8v19z\">")
                .contains("aria-label=\"2 accepted, 1 refused; at most 3 in one day\"")
                .contains("<th scope=\"row\" class=\"time\">2026-03-01</th>", "2026-03-01 12:00</th>")
                .contains("<th scope=\"col\" class=\"number\">Disabled</th>")
                .doesNotContain("style=");
        server.clock.advance(Duration.ofDays(3));
        assertThat(browser.get(PAGE).body()).contains("By day").doesNotContain("By hour");
    }

    @Test
    void edits_what_changed_and_writes_the_ledger_in_the_name_of_who_signed_in() {
        Browser browser = Browser.signedIn(server, operator);
        Reply page = browser.get(PAGE);
        assertThat(page.status()).isEqualTo(200);
        Reply reply = browser.post(
                PAGE + "/edit",
                form(
                        page,
                        "name",
                        "ci",
                        "description",
                        "nightly",
                        "owner",
                        "Alice",
                        "labels",
                        "env=prod\r\nteam=a\r\n",
                        "from",
                        "10.0.0.0/8",
                        "not_before",
                        "",
                        "routes",
                        "",
                        "permissions",
                        "db:a:read\r\ndb:b:write"));
        assertDone(reply, PAGE);
        assertThat(ci().description().text()).isEqualTo("nightly");
        assertThat(ci().attributes().owner().text()).isEqualTo("Alice");
        assertThat(ci().attributes().labels().texts()).containsExactly("env=prod", "team=a");
        assertThat(ci().attributes().from().texts()).containsExactly("10.0.0.0/8");
        assertThat(ci().rights().texts()).containsExactly("db:a:read", "db:b:write");
        LedgerRecord last = server.authority
                .actingAs(new Actor.FileOwner())
                .ledger()
                .all(LedgerQuery.of(ci().id()))
                .getLast();
        assertThat(last.kind()).isEqualTo("edited");
        assertThat(last.by().displayName()).isEqualTo("holder:_admin");
        assertThat(browser.get(PAGE).body())
                .contains("The token was changed.", "<strong>edited</strong> by <bdi>holder:_admin</bdi>");
    }

    @Test
    void a_form_without_one_of_its_fields_changes_nothing() {
        Browser browser = Browser.signedIn(server, operator);
        Map<String, String> fields = new HashMap<>(Map.of(
                "name", "ci", "description", "", "owner", "", "labels", "", "from", "10.0.0.0/8", "not_before", ""));
        fields.put("routes", "GET /a");
        fields.put("permissions", "db:a:read");
        for (String missing : fields.keySet()) {
            Map<String, String> form = form(browser.get(PAGE));
            form.putAll(fields);
            form.remove(missing);
            Reply reply = browser.post(PAGE + "/edit", form);
            assertThat(reply.status()).as(missing).isEqualTo(400);
            assertThat(reply.body()).contains("The form has no field " + missing + ": load its page again.");
        }
        Map<String, String> without = form(browser.get(PAGE));
        without.putAll(fields);
        without.put("permissions", "");
        Reply reply = browser.post(PAGE + "/edit", without);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("The token must keep a permission: disable it");
        assertThat(browser.post(PAGE + "/extend", form(browser.get(PAGE))).status())
                .isEqualTo(400);
        assertThat(ci().version().number()).isEqualTo(1);
    }

    @Test
    void refuses_a_form_of_an_older_version_and_changes_nothing() {
        Browser browser = Browser.signedIn(server, operator);
        Reply page = browser.get(PAGE);
        tokens().disable(CI, Reason.NONE, Precondition.NONE);
        for (String act : List.of("extend", "disable", "enable", "rotate", "finish", "undo", "delete")) {
            Reply reply = browser.post(PAGE + "/" + act, form(page, "expiry", "90d", "grace", "1h"));
            assertThat(reply.status()).as(act).isEqualTo(412);
            assertThat(reply.body()).contains("Nothing was changed.", "Somebody changed this token");
            Map<String, String> without = form(page, "expiry", "90d", "grace", "1h");
            without.remove("version");
            assertThat(browser.post(PAGE + "/" + act, without).status()).as(act).isEqualTo(412);
        }
        assertThat(ci().version().number()).isEqualTo(2);
    }

    @Test
    void refuses_a_form_without_the_token_of_the_session() {
        Browser browser = Browser.signedIn(server, operator);
        Map<String, String> form = form(browser.get(PAGE));
        Browser other = Browser.signedIn(server, operator);
        assertThat(other.post(PAGE + "/disable", form).status()).isEqualTo(403);
        form.remove("form_token");
        assertThat(browser.post(PAGE + "/disable", form).status()).isEqualTo(403);
        Reply foreign = browser.post(PAGE + "/disable", "Sec-Fetch-Site: cross-site\r\n", form(browser.get(PAGE)));
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(ci().version().number()).isEqualTo(1);
    }

    @Test
    void extends_disables_and_enables() {
        Browser browser = Browser.signedIn(server, operator);
        assertDone(browser.post(PAGE + "/extend", form(browser.get(PAGE), "expiry", "90d")), PAGE);
        assertThat(ci().expiry().end()).isPresent();
        assertDone(browser.post(PAGE + "/disable", form(browser.get(PAGE), "reason", "lost laptop")), PAGE);
        assertThat(isAccepted(secret)).isFalse();
        assertThat(browser.get(PAGE).body()).contains("lost laptop");
        assertDone(browser.post(PAGE + "/enable", form(browser.get(PAGE))), PAGE);
        assertThat(isAccepted(secret)).isTrue();
        assertThat(browser.post(PAGE + "/extend", form(browser.get(PAGE), "expiry", "soon"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void rotates_shows_the_secret_once_and_finishes_or_undoes() {
        Browser browser = Browser.signedIn(server, operator);
        Map<String, String> rotation = form(browser.get(PAGE), "grace", "1h");
        Reply reply = browser.post(PAGE + "/rotate", rotation);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers("cache-control")).containsExactly("no-store");
        Matcher shown = SECRET.matcher(reply.body());
        assertThat(shown.find()).isTrue();
        assertThat(isAccepted(shown.group())).isTrue();
        assertThat(isAccepted(secret)).isTrue();
        Reply again = browser.post(PAGE + "/rotate", rotation);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body())
                .contains("was rotated when this form was sent the first time", "Nothing was changed now")
                .doesNotContain("apiv3_");
        assertThat(SECRET.matcher(browser.get(PAGE).body()).find()).isFalse();
        assertDone(browser.post(PAGE + "/undo", form(browser.get(PAGE))), PAGE);
        assertThat(isAccepted(shown.group())).isFalse();
        var _ = browser.post(PAGE + "/rotate", form(browser.get(PAGE), "grace", "1h"));
        assertDone(browser.post(PAGE + "/finish", form(browser.get(PAGE))), PAGE);
        assertThat(isAccepted(secret)).isFalse();
    }

    @Test
    void deletes_after_showing_what_would_be_deleted() {
        Browser browser = Browser.signedIn(server, operator);
        Reply page = browser.get(PAGE + "/delete");
        assertThat(page.body()).contains("Delete <bdi>ci</bdi>?", "by <bdi>owner</bdi>", "never");
        assertDone(browser.post(PAGE + "/delete", form(page)), "/console/tokens");
        assertThat(isAccepted(secret)).isFalse();
        assertThat(browser.get(PAGE).status()).isEqualTo(404);
    }

    @Test
    void shows_only_what_the_permissions_allow() {
        Browser reader = Browser.signedIn(server, create("reader", "tokens:ci:read"));
        Reply page = reader.get(PAGE);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).doesNotContain(PAGE + "/").contains("ledger:NAME:read");
        Reply rotator = Browser.signedIn(server, create("rotator", "tokens:ci:read,rotate"))
                .get(PAGE);
        assertThat(rotator.body()).contains(PAGE + "/rotate").doesNotContain(PAGE + "/edit", PAGE + "/delete");
        assertThat(reader.get("/console/token/_admin").status()).isEqualTo(403);
        Map<String, String> forged = Map.of("form_token", page.formToken(), "version", ci().id() + "-1", "reason", "");
        assertThat(reader.post(PAGE + "/disable", forged).status()).isEqualTo(403);
        assertThat(ci().disablement()).isEmpty();
        assertThat(Browser.signedIn(server, operator)
                        .get("/console/token/_admin")
                        .body())
                .contains("/console/token/_admin/rotate")
                .doesNotContain("/console/token/_admin/delete", "/console/token/_admin/edit");
    }

    @Test
    void says_once_what_was_done_and_believes_no_url() {
        Browser browser = Browser.signedIn(server, operator);
        assertThat(browser.get(PAGE + "?done=disabled").body()).doesNotContain("The token is disabled:");
        assertThat(browser.get("/console/tokens?done=deleted").body()).doesNotContain("The token was deleted");
        assertDone(browser.post(PAGE + "/disable", form(browser.get(PAGE))), PAGE);
        assertThat(browser.get("/console/tokens").body()).doesNotContain("The token is disabled:");
        assertThat(browser.get(PAGE).body()).contains("The token is disabled:");
        assertThat(browser.get(PAGE).body()).doesNotContain("The token is disabled:");
        assertDone(browser.post(PAGE + "/delete", form(browser.get(PAGE + "/delete"))), "/console/tokens");
        assertThat(browser.get("/console/tokens").body()).contains("The token was deleted");
        assertThat(browser.get("/console/tokens").body()).doesNotContain("The token was deleted");
    }

    @Test
    void names_that_browsers_resolve_as_folders_have_a_page_and_all_its_forms() {
        Browser browser = Browser.signedIn(server, operator);
        for (String name : List.of(".", "..", "=.", "=..")) {
            create(name, "db:a:read");
            String list = browser.get("/console/tokens?q=" + PercentEncoding.encode(name))
                    .body();
            String href = Pattern.compile("href=\"(/console/token/[^\"]+)\"><bdi>" + Pattern.quote(name) + "</bdi>")
                    .matcher(list)
                    .results()
                    .map(found -> asBrowsersDo(found.group(1)))
                    .findFirst()
                    .orElseThrow();
            Reply page = browser.get(href);
            assertThat(page.body()).as(name).contains("<h1><bdi>" + name + "</bdi></h1>");
            assertDone(browser.post(asBrowsersDo(href + "/disable"), form(page, "reason", "")), href);
            assertThat(tokens().find(new TokenName(name)).disablement()).isPresent();
            assertDone(browser.post(href + "/delete", form(browser.get(href + "/delete"))), "/console/tokens");
        }
    }

    /** Removes folders from a path as browsers do (WHATWG URL Standard), for which %2e is a dot, too. */
    private static String asBrowsersDo(String path) {
        return URI.create(path.replaceAll("(?i)%2e", ".")).normalize().toString();
    }

    @Test
    void names_of_any_form_have_a_page() {
        Browser browser = Browser.signedIn(server, operator);
        for (String name : List.of("..", "a/b", "a?b#c", "\"><script>", "%2e%2e", "日本", "new-token")) {
            create(name, "db:a:read");
            String list = browser.get("/console/tokens?q=" + PercentEncoding.encode(name))
                    .body();
            Matcher link = Pattern.compile("href=\"(/console/token/[^\"]+)\"").matcher(list);
            assertThat(link.find()).as(name).isTrue();
            Reply page = browser.get(link.group(1));
            assertThat(page.status()).as(name).isEqualTo(200);
            assertThat(page.body()).doesNotContain("<script>\"").doesNotContain("\"><script>");
        }
    }
}
