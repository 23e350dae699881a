package io.latchkey.http.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.TokenName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pages that load themselves again. */
@ExtendWith(Browsing.class)
final class RefreshTest {
    private final Person person;

    RefreshTest(Person person) {
        this.person = person;
    }

    @Test
    void the_overview_shows_what_happens_and_leaves_with_its_session() {
        Scene scene = person.scene();
        String secret = scene.create("reader", "never", "", "", List.of("tokens:*:read"));
        person.signIn(secret);
        String before = tokens();
        scene.create("new", "never", "", "", List.of("db:a:read"));
        Eventually.until(() -> !tokens().equals(before));
        assertThat(person.place()).isEmpty();
        scene.tokens().disable(new TokenName("reader"), Reason.NONE, Precondition.NONE);
        Eventually.until(() -> person.place().equals("sign-in"));
        assertThat(person.text()).contains("Your session has ended");
    }

    private String tokens() {
        return String.valueOf(
                person.browser().executeScript("return document.querySelector('.tiles li')?.textContent"));
    }
}
