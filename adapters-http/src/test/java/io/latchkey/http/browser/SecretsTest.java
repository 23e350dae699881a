package io.latchkey.http.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** What a browser keeps of secrets: nothing. */
@ExtendWith(Browsing.class)
final class SecretsTest {
    private static final String PASTE = "A suspected leak, or a text with it";

    private final Person person;
    private final Scene scene;

    SecretsTest(Person person) {
        this.person = person;
        scene = person.scene();
        person.signIn(scene.operator());
    }

    private String newSecret() {
        person.open("new-token");
        person.fill("Name", "backup");
        person.fill("Permissions, one a line", "db:a:read");
        person.press("Create the token");
        return person.secret();
    }

    private void assertGone(String secret) {
        assertThat(person.browser().getPageSource()).doesNotContain(secret.substring(6));
        assertThat(person.browser().getCurrentUrl()).doesNotContain(secret.substring(6));
    }

    @Test
    void a_secret_is_gone_after_its_page_also_on_the_way_back_and_in_the_history() {
        String secret = newSecret();
        assertThat(person.browser().getCurrentUrl()).doesNotContain(secret.substring(6));
        person.press("I have it: go to the token");
        assertGone(secret);
        person.browser().navigate().back();
        assertGone(secret);
        person.browser().navigate().forward();
        assertGone(secret);
        for (int i = 0; i < 4; i++) {
            person.browser().navigate().back();
            assertGone(secret);
        }
    }

    @Test
    void a_secret_is_in_no_storage_of_the_browser() {
        String secret = newSecret();
        Object kept = person.browser().executeScript("""
                return JSON.stringify([localStorage, sessionStorage, document.cookie, history.state, window.name]);
                """);
        assertThat(String.valueOf(kept)).isEqualTo("[{},{},\"\",null,\"\"]");
        person.press("I have it: go to the token");
        assertThat(person.browser()
                        .executeCdpCommand("Page.getNavigationHistory", Map.of())
                        .toString())
                .contains("/console/new-token")
                .doesNotContain(secret.substring(6));
    }

    @Test
    void copies_a_secret_with_the_button_and_says_so() {
        String secret = newSecret();
        person.tap("Copy");
        Eventually.until(() -> person.text().contains("Copied"));
        person.press("Check a string");
        new Actions(person.browser())
                .click(person.field(PASTE))
                .keyDown(Keys.CONTROL)
                .sendKeys("v")
                .keyUp(Keys.CONTROL)
                .perform();
        assertThat(person.field(PASTE).getDomProperty("value")).isEqualTo(secret);
        person.press("Check it");
        assertThat(person.text()).contains("It is live: it is accepted now.");
    }

    @Test
    void without_script_there_is_no_button_that_does_nothing() {
        person.use(Way.WITHOUT_SCRIPT);
        newSecret();
        assertThat(person.browser().findElement(By.cssSelector("[data-copy]")).isDisplayed())
                .isFalse();
        person.press("I have it: go to the token");
        assertThat(person.browser().findElements(By.cssSelector("time"))).isNotEmpty();
        assertThat(person.browser().findElements(By.cssSelector("time[title]"))).isEmpty();
    }

    /**
     * The addresses that the browser shows of the pages it has been at. Without a script it has sent the address that was
     * refused, and keeps it beside these until it is closed.
     */
    private String addresses() {
        return person.browser()
                .executeCdpCommand("Page.getNavigationHistory", Map.of())
                .toString()
                .replaceAll("userTypedURL=[^}]*", "");
    }

    @ParameterizedTest
    @EnumSource
    void a_secret_that_is_searched_for_is_kept_in_no_address(Way way) {
        person.use(way);
        for (String list : List.of("Tokens", "Ledger")) {
            person.press(list);
            String before = person.place();
            person.fill(list.equals("Tokens") ? "Name, owner or label" : "Name of the token", scene.grafana());
            if (way == Way.WITHOUT_SCRIPT) {
                person.press("Filter");
                assertThat(person.text()).contains("What you searched for looks like a secret");
                assertGone(scene.grafana());
            } else {
                person.tap("Filter");
                assertThat(person.browser()
                                .findElement(By.cssSelector("input:invalid"))
                                .getDomProperty("validationMessage"))
                        .contains("looks like a secret", "Check a string");
                assertThat(person.place()).isEqualTo(before);
            }
            assertThat(addresses()).contains(before).doesNotContain(scene.grafana());
        }
    }

    @Test
    void a_search_that_is_no_secret_any_more_is_sent() {
        person.press("Tokens");
        person.fill("Name, owner or label", scene.grafana());
        person.fill("Name, owner or label", "grafana");
        person.press("Filter");
        assertThat(person.place()).isEqualTo("tokens?q=grafana&state=&kind=&expiring=&unused=");
    }

    @Test
    void the_field_for_a_secret_hides_it_and_no_form_is_filled_in_by_the_browser() {
        person.press("Sign out");
        assertThat(person.field("Secret of a token").getDomAttribute("type")).isEqualTo("password");
        assertThat(person.field("Secret of a token").getDomAttribute("autocomplete"))
                .isEqualTo("off");
    }

    @Test
    void a_session_ends_with_its_secret() {
        String secret = scene.create("reader", "never", "", "", List.of("tokens:*:read"));
        person.press("Sign out");
        person.signIn(secret);
        person.press("Tokens");
        assertThat(person.text()).contains("Signed in as reader");
        scene.tokens().rotate(new TokenName("reader"), GracePeriod.NONE, Optional.empty(), Precondition.NONE);
        person.press("Overview");
        assertThat(person.place()).isEqualTo("sign-in");
    }

    @Test
    void after_signing_out_there_is_no_way_back() {
        person.open("token/grafana");
        person.press("Sign out");
        person.browser().navigate().back();
        assertThat(person.place()).isEqualTo("sign-in");
        assertThat(person.text()).doesNotContain("Team Observability");
    }
}
