package io.latchkey.http.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Looking for tokens and changes and at a string, in a real browser: by mouse, by keyboard alone, and without script. */
@ExtendWith(Browsing.class)
final class ListFlowTest {
    private final Person person;
    private final Scene scene;

    ListFlowTest(Person person) {
        this.person = person;
        scene = person.scene();
    }

    private void begin(Way way) {
        person.use(way);
        person.signIn(scene.operator());
    }

    /** The names in the list. */
    private List<String> names() {
        return person.browser().findElements(By.cssSelector("tbody .name")).stream()
                .map(WebElement::getText)
                .toList();
    }

    /** Presses the button, which the script spares those who type, and waits for a list of one token. */
    private void filter(Way way, String only) {
        if (way != Way.KEYBOARD) {
            person.press("Filter");
        }
        Eventually.until(() -> person.text().contains("1 token of 15"));
        assertThat(names()).containsExactly(only);
    }

    @ParameterizedTest
    @EnumSource
    void filters_and_clears(Way way) {
        begin(way);
        person.press("Tokens");
        person.fill("Name, owner or label", "observability");
        filter(way, "grafana");
        person.open("tokens?q=observability");
        person.press("Clear");
        assertThat(names()).hasSize(15);
        person.choose("State", "Disabled");
        filter(way, "laptop-of-eve");
    }

    @ParameterizedTest
    @EnumSource
    void sorts_and_turns_pages(Way way) {
        IntStream.range(0, 100).forEach(i -> scene.create("zz-" + (1000 + i), "never", "", "", List.of("db:a:read")));
        begin(way);
        person.press("Tokens");
        assertThat(names()).hasSize(40);
        person.press("Later");
        assertThat(names()).hasSize(40);
        person.press("Later");
        assertThat(names()).hasSize(35);
        person.press("Earlier");
        assertThat(person.text()).contains("41 to 80 of 115");
        person.press("Name");
        assertThat(person.place()).isEqualTo("tokens?sort=-name");
        assertThat(names()).contains("zz-1099").doesNotContain("zz-1000");
        person.press("Created");
        assertThat(names().getFirst()).isEqualTo("_admin");
    }

    @ParameterizedTest
    @EnumSource
    void filters_the_ledger(Way way) {
        begin(way);
        person.press("Ledger");
        person.fill("Name of the token", "ci-build");
        person.choose("Kind", "rotated");
        person.press("Filter");
        assertThat(person.place()).startsWith("ledger?token=ci-build&actor=&kind=rotated&");
        assertThat(person.browser().findElements(By.cssSelector("tbody tr"))).hasSize(1);
        person.fill("Name of the token", "nobody");
        person.press("Filter");
        assertThat(person.text()).contains("No entry matches");
        person.press("Clear");
        assertThat(person.browser().findElements(By.cssSelector("tbody tr"))).hasSize(17);
        person.fill("From", "2026-03-01");
        person.fill("Before", "2026-03-02");
        person.press("Filter");
        assertThat(person.browser().findElements(By.cssSelector("tbody tr"))).hasSizeBetween(1, 16);
        person.fill("From", "2100-01-01");
        person.press("Filter");
        assertThat(person.text()).contains("No entry matches");
    }

    @ParameterizedTest
    @EnumSource
    void checks_a_string_and_revokes_it(Way way) {
        begin(way);
        person.press("Check a string");
        person.fill("A suspected leak, or a text with it", "Authorization: Bearer " + scene.grafana());
        person.press("Check it");
        assertThat(person.text()).contains("It is live: it is accepted now.", "grafana");
        assertThat(person.browser().getPageSource()).doesNotContain(scene.grafana());
        person.press("Revoke it now");
        person.press("Revoke it for good");
        assertThat(person.text()).contains("It was revoked");
        assertThat(scene.server().authority.check(TokenSecret.presented(scene.grafana())))
                .isEqualTo(Verdict.Refused.UNKNOWN);
    }

    @Test
    void a_filter_as_you_type_leaves_the_field_as_it_is() {
        begin(Way.KEYBOARD);
        person.press("Tokens");
        person.fill("Name, owner or label", "graf");
        Eventually.until(() -> person.place().equals("tokens?q=graf"));
        assertThat(person.browser().switchTo().activeElement()).isEqualTo(person.field("Name, owner or label"));
        assertThat(person.text()).contains("1 token of 15");
    }
}
