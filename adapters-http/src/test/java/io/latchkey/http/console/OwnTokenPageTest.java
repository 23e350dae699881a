package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.NewToken;
import io.latchkey.application.TokenAdministration;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import io.latchkey.http.RunningServer;
import io.latchkey.http.console.Browser.Reply;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a token that may see no token sees: itself. */
final class OwnTokenPageTest {
    private static final Pattern SECRET = Pattern.compile("apiv3_[A-Za-z0-9_-]{86}");

    private final RunningServer server = new RunningServer(Map.of());

    @AfterEach
    void stop() {
        server.close();
    }

    private String create(String name, List<String> permissions) {
        TokenAdministration tokens =
                server.authority.actingAs(new Actor.FileOwner()).tokens();
        return tokens.create(new NewToken(
                        new TokenName(name),
                        Lifetime.parse("90d"),
                        Description.NONE,
                        Attributes.ADMIN.with(Permissions.parse(permissions))))
                .secret()
                .reveal();
    }

    @Test
    void a_token_that_may_see_none_lands_on_its_own_page_and_rotates_itself() {
        String secret = create("ci <b>", List.of("db:a:read"));
        Browser browser = Browser.signedIn(server, secret);
        assertThat(browser.get("/console/").headers("location")).containsExactly("/console/own");
        Reply page = browser.get("/console/own");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("<bdi>ci &lt;b&gt;</bdi>", "<code>db:<wbr>a:<wbr>read<wbr></code>", "<time");
        String version = page.body().split("name=\"version\" value=\"", 2)[1].split("\"", 2)[0];
        Map<String, String> form = Map.of("form_token", page.formToken(), "version", version, "grace", "0s");
        Reply rotated = browser.post("/console/own/rotate", form);
        Matcher shown = SECRET.matcher(rotated.body());
        assertThat(shown.find()).as(rotated.text()).isTrue();
        assertThat(server.authority.check(TokenSecret.presented(shown.group()))).isInstanceOf(Verdict.Accepted.class);
        assertThat(server.authority.check(TokenSecret.presented(secret))).isInstanceOf(Verdict.Refused.class);
        assertThat(browser.get("/console/own").headers("location")).containsExactly("/console/sign-in");
    }

    @Test
    void a_token_without_permissions_sees_that_it_may_do_nothing() {
        Browser browser = Browser.signedIn(server, create("nop", List.of()));
        assertThat(browser.get("/console/own").body()).contains("do nothing: it has no permissions");
        assertThat(browser.get("/console/own/rotate").status()).isEqualTo(404);
    }

    private static List<String> menu(Reply page) {
        return Pattern.compile("<li><a href=\"/console/([^\"]*)\"")
                .matcher(page.body().split("</nav>", 2)[0])
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    @Test
    void the_menu_leads_to_no_page_that_would_only_refuse_the_reader() {
        assertThat(menu(Browser.signedIn(server, create("nop", List.of())).get("/console/own")))
                .containsExactly("own", "guard", "check");
        assertThat(menu(Browser.signedIn(server, create("reader", List.of("tokens:ci-*:read,create")))
                        .get("/console/")))
                .containsExactly("", "tokens", "new-token", "guard", "check");
        assertThat(menu(Browser.signedIn(server, create("auditor", List.of("tokens:*:read", "ledger:ci-*:read")))
                        .get("/console/ledger")))
                .containsExactly("", "tokens", "ledger", "guard", "check");
    }

    @Test
    void a_token_that_may_see_others_lands_on_the_overview() {
        Browser browser = Browser.signedIn(server, create("reader", List.of("tokens:ci-*:read")));
        assertThat(browser.get("/console/").status()).isEqualTo(200);
    }
}
