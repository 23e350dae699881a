package io.latchkey.http.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.http.wire.PercentEncoding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Names and other texts that somebody chose to do harm are shown, and do nothing. */
@ExtendWith(Browsing.class)
final class HostileTextTest {
    private final Person person;

    HostileTextTest(Person person) {
        this.person = person;
        person.signIn(person.scene().operator());
    }

    /** Nothing became an element, an attribute or a script; an alert would end each command of the browser. */
    private void assertInert() {
        for (String made : List.of("main img", "main b", "main script", "[onmouseover]", "[onerror]")) {
            assertThat(person.browser().findElements(By.cssSelector(made)))
                    .as(made)
                    .isEmpty();
        }
    }

    @Test
    void lists_show_them_as_they_are() {
        for (String list : List.of("tokens", "ledger", "")) {
            person.open(list);
            assertInert();
        }
        person.open("tokens");
        List<String> names = person.browser().findElements(By.cssSelector("tbody .name")).stream()
                .map(WebElement::getText)
                .toList();
        assertThat(names).containsAll(Scene.HOSTILE);
    }

    @Test
    void each_has_its_page_behind_its_name_in_the_list_and_can_be_changed_and_deleted() {
        for (String name : Scene.HOSTILE) {
            person.open("tokens");
            person.press(name);
            assertThat(person.place()).isEqualTo("token/" + PercentEncoding.encode(name));
            assertThat(person.browser().findElement(By.tagName("h1")).getText()).isEqualTo(name);
            assertInert();
            person.fill("Reason, kept in the ledger", name);
            person.press("Disable");
            assertThat(person.text()).contains("The token is disabled");
            assertInert();
            person.press("Look at what would be deleted");
            assertInert();
            person.press("Delete it for good");
            assertThat(person.place()).isEqualTo("tokens");
        }
    }

    @Test
    void names_that_are_folders_in_a_path_have_a_page_and_its_forms() {
        for (String name : List.of(".", "..")) {
            person.scene().create(name, "never", "", "", List.of("db:a:read"));
            person.open("tokens?q=" + name);
            person.press(name);
            assertThat(person.browser().findElement(By.tagName("h1")).getText()).isEqualTo(name);
            person.press("Disable");
            assertThat(person.text()).contains("The token is disabled");
            person.press("Look at what would be deleted");
            person.press("Delete it for good");
            assertThat(person.text()).contains("The token was deleted");
        }
    }

    @Test
    void marks_that_turn_text_around_are_shown_and_turn_nothing() {
        person.open("tokens?q=keys");
        assertThat(person.text()).contains("\\u{202e}evil\\u{202c}").doesNotContain("\u202E");
        assertThat(person.browser().getPageSource()).doesNotContain("\u202E");
    }

    @Test
    void what_is_searched_for_stays_text() {
        person.open("tokens");
        person.fill("Name, owner or label", "\"><script>alert(1)</script>");
        person.press("Filter");
        assertThat(person.field("Name, owner or label").getDomProperty("value"))
                .isEqualTo("\"><script>alert(1)</script>");
        assertInert();
    }
}
