package io.latchkey.http.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page, on every screen and in all colours. */
@ExtendWith(Browsing.class)
final class PagesTest {
    private final Person person;

    PagesTest(Person person) {
        this.person = person;
    }

    @ParameterizedTest
    @MethodSource("io.latchkey.http.browser.Place#all")
    void keeps_nobody_out_and_fits_the_screen(Place place) {
        person.signIn(person.scene().operator());
        place.way().accept(person);
        Picture.takeAll(person.browser(), place.name());
        person.browser().executeScript("document.querySelectorAll('details').forEach((part) => part.open = true)");
        List<Object> faults = new ArrayList<>();
        for (Screen screen : Screen.values()) {
            screen.set(person.browser());
            Layout.faults(person.browser()).forEach(fault -> faults.add(screen + ": " + fault));
        }
        for (Screen screen : List.of(Screen.NARROW, Screen.WIDE)) {
            for (Scheme scheme : Scheme.values()) {
                screen.set(person.browser());
                scheme.set(person.browser());
                Axe.violations(person.browser()).forEach(fault -> faults.add(screen + ", " + scheme + ": " + fault));
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void a_browser_finds_what_keeps_people_out_and_what_does_not_fit() {
        person.signIn(person.scene().operator());
        Screen.NARROW.set(person.browser());
        person.browser().executeScript("""
                const main = document.querySelector('main');
                main.append(document.createElement('input'), document.createElement('p'), document.createElement('p'));
                main.lastChild.textContent = 'breakable';
                main.lastChild.style = 'width: 2ch; overflow-wrap: anywhere';
                main.lastChild.previousSibling.style = 'width: max-content';
                main.lastChild.previousSibling.textContent = 'W'.repeat(200);
                """);
        assertThat(Axe.violations(person.browser())).singleElement().asString().startsWith("label: <input>");
        assertThat(Layout.faults(person.browser()))
                .asString()
                .contains("the page is ", "sticks out: <p style", "in pieces: breakable");
    }
}
