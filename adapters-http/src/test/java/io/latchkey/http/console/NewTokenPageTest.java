package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.TokenAdministration;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenKind;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import io.latchkey.http.RunningServer;
import io.latchkey.http.console.Browser.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that creates tokens. */
final class NewTokenPageTest {
    private static final String PAGE = "/console/new-token";
    private static final Pattern SECRET = Pattern.compile("apiv3_[A-Za-z0-9_-]{86}");

    private static TokenAdministration tokens(RunningServer server) {
        return server.authority.actingAs(new Actor.FileOwner()).tokens();
    }

    private static final Pattern ONCE = Pattern.compile("name=\"once\" value=\"([^\"]+)\"");
    private static final List<String> PROPERTIES =
            List.of("name", "permissions", "description", "owner", "labels", "from", "not_before", "routes");

    private static Map<String, String> form(Browser browser, String... fields) {
        Reply page = browser.get(PAGE);
        Matcher once = ONCE.matcher(page.body());
        assertThat(once.find()).isTrue();
        Map<String, String> form = new HashMap<>(Map.of("form_token", page.formToken(), "once", once.group(1)));
        for (String property : PROPERTIES) {
            form.put(property, "");
        }
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return form;
    }

    @Test
    void creates_a_resource_token_and_shows_its_secret_once() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            Map<String, String> form =
                    form(browser, "name", "ci", "kind", "resource", "permissions", "db:a:read\n", "expiry", "90d");
            Reply reply = browser.post(PAGE, form);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.headers("cache-control")).containsExactly("no-store");
            assertThat(reply.body()).contains("<title>The secret of ci · Latchkey</title>");
            Matcher secret = SECRET.matcher(reply.body());
            assertThat(secret.find()).isTrue();
            assertThat(server.authority.check(TokenSecret.presented(secret.group())))
                    .isInstanceOf(Verdict.Accepted.class);
            Token token = tokens(server).find(new TokenName("ci"));
            assertThat(token.kind()).isEqualTo(TokenKind.RESOURCE);
            assertThat(token.rights().texts()).containsExactly("db:a:read");
            assertThat(token.createdBy()).isPresent();
            Reply again = browser.post(PAGE, form);
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.body())
                    .contains("was created when this form was sent the first time", "rotate the token")
                    .contains("href=\"/console/token/ci\"");
            assertThat(SECRET.matcher(again.body()).find()).isFalse();
        }
    }

    @Test
    void a_token_with_routes_is_not_to_be_tried_here() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            Map<String, String> form =
                    form(browser, "name", "tv", "kind", "resource", "permissions", "tv:a:read", "expiry", "never");
            assertThat(browser.post(PAGE, form).body()).contains("/api/v1/whoami");
            form.putAll(Map.of("name", "routed", "routes", "GET tv.test/**\n* tv.test/ws"));
            Reply routed = browser.post(PAGE, form);
            assertThat(routed.status()).as(routed.text()).isEqualTo(200);
            assertThat(routed.body()).doesNotContain("/api/v1/whoami");
            assertThat(tokens(server)
                            .find(new TokenName("routed"))
                            .attributes()
                            .routes()
                            .texts())
                    .containsExactly("* tv.test/ws", "GET tv.test/**");
        }
    }

    @Test
    void keeps_what_was_typed_and_says_what_is_wrong() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            Reply reply = browser.post(
                    PAGE,
                    form(
                            browser,
                            "name",
                            "ci",
                            "kind",
                            "resource",
                            "permissions",
                            "nonsense",
                            "owner",
                            "<Alice>",
                            "expiry",
                            "90d"));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body())
                    .contains("role=\"alert\"", "Nothing was created.", "nonsense</textarea>", "value=\"&lt;Alice");
            assertThat(browser.post(PAGE, form(browser, "name", "ci")).status()).isEqualTo(400);
            assertThat(tokens(server).list()).hasSize(1);
        }
    }

    @Test
    void the_same_form_with_another_name_is_another() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            Map<String, String> form = form(browser, "name", "ci", "kind", "admin", "expiry", "90d");
            assertThat(browser.post(PAGE, form).status()).isEqualTo(200);
            form.put("name", "cd");
            assertThat(browser.post(PAGE, form).status()).isEqualTo(200);
            assertThat(browser.post(PAGE, form).body()).contains("<bdi><strong>cd</strong></bdi> was created");
        }
    }

    @Test
    void a_form_that_was_refused_can_be_corrected_and_sent_again() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            Map<String, String> form = form(browser, "name", "_x", "kind", "admin", "expiry", "90d");
            assertThat(browser.post(PAGE, form).status()).isEqualTo(400);
            form.put("name", "ci");
            assertThat(browser.post(PAGE, form).status()).isEqualTo(200);
        }
    }

    @Test
    void a_form_without_one_of_its_fields_creates_nothing() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            for (String missing : PROPERTIES) {
                Map<String, String> form = form(browser, "name", "ci", "kind", "admin", "expiry", "90d");
                form.remove(missing);
                Reply reply = browser.post(PAGE, form);
                assertThat(reply.status()).as(missing).isEqualTo(400);
                assertThat(reply.body()).contains("The form has no field " + missing + ": load its page again.");
            }
            assertThat(tokens(server).list()).hasSize(1);
        }
    }

    @Test
    void a_resource_token_creates_only_what_it_contains() {
        try (var server = new RunningServer(Map.of())) {
            Browser operator = Browser.signedIn(server, server.operator());
            Reply created = operator.post(
                    PAGE,
                    form(
                            operator,
                            "name",
                            "maker",
                            "kind",
                            "resource",
                            "permissions",
                            "tokens:ci-*:create,read\ndb:a:read",
                            "expiry",
                            "never"));
            Matcher secret = SECRET.matcher(created.body());
            assertThat(secret.find()).as(created.text()).isTrue();
            Browser maker = Browser.signedIn(server, secret.group());
            assertThat(maker.get(PAGE).body()).doesNotContain("value=\"admin\"");
            assertThat(maker.post(
                                    PAGE,
                                    form(
                                            maker,
                                            "name",
                                            "ci-1",
                                            "kind",
                                            "resource",
                                            "permissions",
                                            "db:a:read",
                                            "expiry",
                                            "1d"))
                            .status())
                    .isEqualTo(200);
            for (Map<String, String> form : List.of(
                    form(maker, "name", "ci-2", "kind", "resource", "permissions", "db:b:read", "expiry", "1d"),
                    form(maker, "name", "other", "kind", "resource", "permissions", "db:a:read", "expiry", "1d"),
                    form(maker, "name", "ci-3", "kind", "admin", "expiry", "1d"))) {
                assertThat(maker.post(PAGE, form).status()).as(form.toString()).isEqualTo(403);
            }
        }
    }

    @Test
    void asks_for_an_expiry_and_for_permissions_instead_of_guessing_them() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            for (String[] expiry : List.of(new String[] {"expiry", " "}, new String[] {})) {
                Map<String, String> form = form(browser, "name", "ci", "kind", "admin");
                if (expiry.length > 0) {
                    form.put(expiry[0], expiry[1]);
                }
                Reply reply = browser.post(PAGE, form);
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.body()).contains("Say when the token expires: 90d, 2030-01-31 or never.");
            }
            Reply reply = browser.post(
                    PAGE, form(browser, "name", "ci", "kind", "resource", "permissions", "\r\n", "expiry", "90d"));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body())
                    .contains("Say what the token may do, one permission a line", "Nothing was created.");
            assertThat(tokens(server).list()).hasSize(1);
        }
    }
}
