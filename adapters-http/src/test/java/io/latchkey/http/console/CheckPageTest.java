package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.NewToken;
import io.latchkey.application.TokenAdministration;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import io.latchkey.http.RunningServer;
import io.latchkey.http.console.Browser.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page that checks strings and revokes leaked secrets. */
final class CheckPageTest {
    private static final Pattern SEALED = Pattern.compile("name=\"secret\" value=\"([^\"]+)\"");

    private final RunningServer server = new RunningServer(Map.of());
    private final String operator = server.operator();

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
                        Lifetime.parse("never"),
                        Description.NONE,
                        Attributes.ADMIN.with(Permissions.parse(List.of(permissions)))))
                .secret()
                .reveal();
    }

    private static Reply check(Browser browser, String text) {
        return browser.post(
                "/console/check",
                Map.of("text", text, "form_token", browser.get("/console/check").formToken()));
    }

    private static List<String> sealed(Reply reply) {
        return SEALED.matcher(reply.body())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Reply press(Browser browser, Reply page, String act, String sealed) {
        return browser.post("/console/check/" + act, Map.of("secret", sealed, "form_token", page.formToken()));
    }

    /** What the page says after both buttons were pressed. */
    private static String revoked(Browser browser, String secret) {
        Reply found = check(browser, secret);
        Reply asked = press(browser, found, "revoke", sealed(found).getFirst());
        return press(browser, asked, "revoked", sealed(asked).getFirst()).body();
    }

    private Verdict verdict(String secret) {
        return server.authority.check(TokenSecret.presented(secret));
    }

    @Test
    void says_of_a_string_whether_it_is_a_live_secret_and_does_not_show_it_again() {
        String secret = create("ci", "db:a:read");
        Browser browser = Browser.signedIn(server, operator);
        assertThat(check(browser, "password=" + secret + " # oops").body())
                .contains("It is live", "/console/token/ci", "checksum of a secret")
                .doesNotContain(secret);
        tokens().rotate(new TokenName("ci"), GracePeriod.NONE, Optional.empty(), Precondition.NONE);
        assertThat(check(browser, secret).body())
                .contains("It is a former secret")
                .doesNotContain("Revoke it now");
        assertThat(tokens().uses(new TokenName("ci"))).isEmpty();
        assertThat(check(browser, "hello").body())
                .contains("No token of this server has it", "no checksum")
                .doesNotContain("Revoke it now");
        assertThat(check(browser, " ").status()).isEqualTo(400);
    }

    @Test
    void tells_who_may_not_see_a_token_no_name() {
        String secret = create("ci", "db:a:read");
        Browser browser = Browser.signedIn(server, create("other", "tokens:x:read"));
        Reply found = check(browser, secret);
        assertThat(found.body()).contains("It is live").doesNotContain("/console/token/ci");
        assertThat(press(browser, found, "revoke", sealed(found).getFirst()).body())
                .contains("Revoke this secret?", "deletes the token that has it")
                .doesNotContain("/console/token/ci");
    }

    @Test
    void revokes_a_leaked_secret_only_after_asking_and_in_the_name_of_who_may_delete_its_token() {
        String secret = create("ci", "db:a:read");
        Browser browser = Browser.signedIn(server, create("deleter", "tokens:c*:read,delete"));
        Reply found = check(browser, secret);
        Reply asked = press(browser, found, "revoke", sealed(found).getFirst());
        assertThat(asked.body())
                .contains("Revoke this secret?", "/console/token/ci", "Last used", "Revoke it for good")
                .doesNotContain(secret);
        assertThat(verdict(secret)).isInstanceOf(Verdict.Accepted.class);
        assertThat(press(browser, asked, "revoked", sealed(asked).getFirst()).body())
                .contains("It was revoked: it is refused from now on. Its token was deleted.")
                .doesNotContain("operator", secret);
        assertThat(verdict(secret)).isEqualTo(Verdict.Refused.UNKNOWN);
        assertThat(Browser.signedIn(server, operator).get("/console/ledger").body())
                .contains("<strong>revoked</strong>", "deleter")
                .doesNotContain("finder");
    }

    @Test
    void who_may_not_delete_a_token_revokes_its_secret_as_the_finder_of_a_leak() {
        String secret = create("ci", "db:a:read");
        assertThat(revoked(Browser.signedIn(server, create("other", "tokens:x:read")), secret))
                .contains("It was revoked");
        assertThat(Browser.signedIn(server, operator).get("/console/ledger").body())
                .contains("<strong>revoked</strong>", "finder");
    }

    @Test
    void says_that_the_secret_of_the_operator_token_is_still_live() {
        Browser browser = Browser.signedIn(server, operator);
        assertThat(revoked(browser, operator))
                .contains("It was not revoked", "still live", "Only the leak was recorded", "--regenerate")
                .doesNotContain("It was revoked", "it is refused from now on");
        assertThat(verdict(operator)).isInstanceOf(Verdict.Accepted.class);
        assertThat(browser.get("/console/ledger").body()).doesNotContain("finder");
    }

    @Test
    void says_that_nothing_was_revoked_if_no_token_has_the_secret_any_more() {
        String secret = create("ci", "db:a:read");
        Browser browser = Browser.signedIn(server, operator);
        Reply found = check(browser, secret);
        tokens().revoke(new TokenName("ci"), Precondition.NONE);
        assertThat(press(browser, found, "revoked", sealed(found).getFirst()).body())
                .contains("Nothing was revoked: no token of this server has it")
                .doesNotContain("It was revoked");
    }

    @Test
    void says_that_the_token_of_an_old_secret_stays() {
        String secret = create("ci", "db:a:read");
        tokens().rotate(new TokenName("ci"), GracePeriod.parse("1h"), Optional.empty(), Precondition.NONE);
        assertThat(revoked(Browser.signedIn(server, operator), secret))
                .contains("It was revoked: it is refused from now on. Its token stays");
        assertThat(tokens().find(new TokenName("ci")).name()).isEqualTo(new TokenName("ci"));
    }

    @Test
    void checks_each_secret_of_a_text() {
        String first = create("first", "db:a:read");
        String second = create("second", "db:a:read");
        Browser browser = Browser.signedIn(server, operator);
        Reply found = check(browser, "A=" + first + "\n\nB=" + second + "\nA=" + first + "\nC=apiv3_AAA");
        assertThat(found.body())
                .contains(
                        "Secret 1 of 3, in line 1",
                        "/console/token/first",
                        "Secret 2 of 3, in line 3",
                        "/console/token/second",
                        "Secret 3 of 3, in line 5")
                .doesNotContain(first, second);
        assertThat(sealed(found)).hasSize(2);
        press(browser, found, "revoked", sealed(found).get(1));
        assertThat(verdict(second)).isEqualTo(Verdict.Refused.UNKNOWN);
        assertThat(verdict(first)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void says_how_many_secrets_of_a_text_were_not_checked() {
        Browser browser = Browser.signedIn(server, operator);
        String text = IntStream.range(0, 22).mapToObj(i -> "apiv3_" + i).collect(Collectors.joining("\n"));
        assertThat(check(browser, text).body())
                .contains("Secret 20 of 22", "2 more secrets of the text were not checked")
                .doesNotContain("Secret 21");
    }

    @Test
    void revokes_nothing_that_this_session_did_not_check() {
        String secret = create("ci", "db:a:read");
        Browser browser = Browser.signedIn(server, operator);
        String sealed = sealed(check(browser, secret)).getFirst();
        Browser other = Browser.signedIn(server, create("other", "tokens:*:*"));
        List<String> wrong = new ArrayList<>(List.of(sealed, secret, "", "AAAA", "!", sealed.substring(4)));
        for (String each : wrong) {
            assertThat(press(other, other.get("/console/check"), "revoked", each)
                            .status())
                    .as(each)
                    .isEqualTo(400);
        }
        assertThat(verdict(secret)).isInstanceOf(Verdict.Accepted.class);
    }
}
