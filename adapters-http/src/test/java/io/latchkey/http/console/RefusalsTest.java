package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.http.RunningServer;
import io.latchkey.http.console.Browser.Reply;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the console says of requests that it does not fulfil. */
final class RefusalsTest {
    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"([^\"]+)\"");

    private final RunningServer server = new RunningServer(Map.of());
    private final String operator = server.operator();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_secret_in_a_search_is_not_kept_in_the_address() {
        Browser browser = Browser.signedIn(server, operator);
        for (String page :
                new String[] {"tokens?state=active&q=", "ledger?kind=created&token=", "ledger?actor=holder:"}) {
            Reply reply = browser.get("/console/" + page + operator);
            assertThat(reply.status()).as(page).isEqualTo(303);
            assertThat(reply.text()).as(page).doesNotContain(operator.substring(6));
        }
        assertThat(browser.get("/console/tokens?state=active&q=x+" + operator + "&sort=-name")
                        .headers("location"))
                .containsExactly("/console/tokens?sort=-name&state=active&refused=secret");
        Reply list = browser.get("/console/tokens?state=active&refused=secret");
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body())
                .contains("looks like a secret", "<a href=\"/console/check\">Check a string</a>", "_admin");
        assertThat(browser.get("/console/tokens?q=apiv3_").status()).isEqualTo(200);
    }

    @Test
    void says_that_a_form_was_sent_after_the_session_ended() {
        Browser browser = Browser.signedIn(server, operator);
        String formToken = browser.get("/console/new-token").formToken();
        browser.cookies.clear();
        Reply reply = browser.post("/console/new-token", Map.of("name", "ci", "form_token", formToken));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains("Your session has ended", "Nothing was changed", "href=\"/console/sign-in\"");
        assertThat(browser.post("/console/sign-out", Map.of("form_token", formToken))
                        .headers("location"))
                .containsExactly("/console/sign-in");
    }

    @Test
    void asks_for_a_correction_only_where_something_can_be_corrected() {
        Browser browser = Browser.signedIn(server, operator);
        Reply page = browser.get("/console/token/_admin");
        Matcher version = VERSION.matcher(page.body());
        assertThat(version.find()).isTrue();
        Map<String, String> form = Map.of("version", version.group(1), "form_token", page.formToken());
        Reply disable = browser.post("/console/token/_admin/disable", form);
        assertThat(disable.status()).isEqualTo(409);
        assertThat(disable.body()).contains("Nothing was changed").doesNotContain("correct it");
        Reply delete = browser.post("/console/token/_admin/delete", form);
        assertThat(delete.status()).isEqualTo(405);
        assertThat(delete.body()).contains("Nothing was changed").doesNotContain("correct it", "Method Not Allowed");
        assertThat(browser.get("/console/tokens?from=x").body()).contains("Go back and correct it");
    }
}
