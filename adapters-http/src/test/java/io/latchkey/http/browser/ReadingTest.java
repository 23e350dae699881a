package io.latchkey.http.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** Where somebody is on a page, what moves there, and what paper gets of it. */
@ExtendWith(Browsing.class)
final class ReadingTest {
    private static final String FOCUS = """
            const part = document.activeElement;
            const style = getComputedStyle(part);
            const box = part.getBoundingClientRect();
            const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                && box.bottom > 0 && box.top < innerHeight && box.right > 0;
            return [part === document.body, shown, part.outerHTML.slice(0, 100)];
            """;

    private final Person person;

    ReadingTest(Person person) {
        this.person = person;
        person.signIn(person.scene().operator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tokens", "token/grafana", "new-token", "ledger", "check", "token/grafana/delete"})
    void every_stop_of_the_tab_key_is_seen(String path) {
        person.open(path);
        List<Object> unseen = new ArrayList<>();
        int stops = 0;
        for (List<?> focus = next(); !Objects.equals(focus.get(0), true); focus = next()) {
            stops++;
            if (!Objects.equals(focus.get(1), true)) {
                unseen.add(focus.get(2));
            }
        }
        assertThat(unseen).isEmpty();
        assertThat(stops).isGreaterThan(7);
    }

    private List<?> next() {
        new Actions(person.browser()).sendKeys(Keys.TAB).perform();
        return (List<?>) Objects.requireNonNull(person.browser().executeScript(FOCUS));
    }

    @Test
    void the_first_stop_skips_to_the_content() {
        person.open("tokens");
        next();
        new Actions(person.browser()).sendKeys(Keys.ENTER).perform();
        assertThat(person.browser().switchTo().activeElement())
                .isEqualTo(person.browser().findElement(By.id("main")));
        next();
        assertThat(person.browser().switchTo().activeElement().getText()).isEqualTo("New token");
    }

    @Test
    void nothing_moves_for_somebody_who_wants_no_motion() {
        assertThat(moving()).isZero();
        person.browser().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        assertThat(moving()).isPositive();
    }

    private long moving() {
        return (Long) Objects.requireNonNull(person.browser().executeScript("""
                return [...document.querySelectorAll('*')].filter((part) => {
                  const style = getComputedStyle(part);
                  return style.animationName !== 'none' || style.transitionDuration.split(',').some((time) => parseFloat(time) > 0);
                }).length;
                """));
    }

    @Test
    void paper_gets_the_facts_of_a_token_and_no_buttons() {
        person.open("token/grafana");
        person.browser().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        assertThat(person.text())
                .contains("grafana", "Team Observability", "History")
                .doesNotContain("Sign out", "Make a new secret", "Edit", "Delete");
        assertThat(Layout.faults(person.browser())).isEmpty();
    }

    @Test
    void times_have_the_zone_of_the_reader_beside_the_exact_utc() {
        person.browser().executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", "Asia/Kolkata"));
        try {
            person.open("token/grafana");
            var time = person.browser().findElement(By.cssSelector(".expiry time"));
            assertThat(time.getDomAttribute("title")).contains(":30:00", "Asia/Calcutta");
            assertThat(time.getText()).contains("in 9 days", "2026-03-30 12:00 UTC", "2026-03-30 17:30 UTC+5:30");
            for (String same : List.of("UTC", "Etc/GMT", "Africa/Abidjan")) {
                person.browser().executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", same));
                person.open("token/grafana");
                assertThat(person.text()).as(same).doesNotContain("UTC+", "UTC-");
            }
        } finally {
            person.browser().executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", ""));
        }
    }
}
