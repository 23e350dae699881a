package io.latchkey.http.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.net.InetAddress;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of a token in the console, in a real browser: by mouse, by keyboard alone, and without script. */
@ExtendWith(Browsing.class)
final class TokenFlowTest {
    private final Person person;
    private final Scene scene;

    TokenFlowTest(Person person) {
        this.person = person;
        scene = person.scene();
    }

    private void begin(Way way) {
        person.use(way);
        person.signIn(scene.operator());
    }

    private Token grafana() {
        return scene.tokens().find(new TokenName("grafana"));
    }

    private boolean isAccepted(String secret) {
        return scene.server().authority.check(TokenSecret.presented(secret), InetAddress.getLoopbackAddress())
                instanceof Verdict.Accepted;
    }

    @ParameterizedTest
    @EnumSource
    void creates_a_token_and_shows_its_secret_once(Way way) {
        begin(way);
        person.press("New token");
        person.fill("Name", "backup");
        person.fill("Permissions, one a line", "db:a:read\ndb:b:write");
        person.fill("Expires", "30d");
        person.fill("Owner", "Ada");
        person.tap("Labels, addresses, start and routes");
        person.fill("Labels, one a line", "env=prod");
        person.fill("Accepted from, one a line", "127.0.0.0/8");
        person.press("Create the token");
        String secret = person.secret();
        assertThat(person.place()).isEqualTo("new-token");
        assertThat(isAccepted(secret)).isTrue();
        person.press("I have it: go to the token");
        assertThat(person.place()).isEqualTo("token/backup");
        assertThat(person.text()).contains("db:b:write", "Ada", "env=prod", "127.0.0.0/8", "in 30 days");
        Token token = scene.tokens().find(new TokenName("backup"));
        assertThat(token.rights().texts()).containsExactly("db:a:read", "db:b:write");
    }

    @ParameterizedTest
    @EnumSource
    void says_what_is_wrong_with_a_new_token_and_keeps_what_was_typed(Way way) {
        begin(way);
        person.press("New token");
        person.fill("Name", "grafana");
        person.tick("do everything: an admin token");
        person.fill("Description", "Second \"one\" <b>");
        person.press("Create the token");
        assertThat(person.text()).contains("Nothing was created.");
        assertThat(person.field("Name").getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(person.field("Description").getDomProperty("value")).isEqualTo("Second \"one\" <b>");
        person.fill("Name", "grafana-2");
        person.fill("Expires", "soon");
        person.press("Create the token");
        assertThat(person.text()).contains("The expiry must be such as 90d, 2030-01-31 or never");
        person.fill("Expires", "never");
        person.press("Create the token");
        assertThat(isAccepted(person.secret())).isTrue();
        assertThat(scene.tokens().find(new TokenName("grafana-2")).description().text())
                .isEqualTo("Second \"one\" <b>");
    }

    @ParameterizedTest
    @EnumSource
    void edits_a_token_and_extends_it(Way way) {
        begin(way);
        person.press("Tokens");
        person.press("grafana");
        person.tap("Edit");
        person.fill("Name", "dashboards");
        person.fill("Description", "");
        person.fill("Permissions, one a line", "db:metrics:read");
        person.press("Save");
        assertThat(person.place()).isEqualTo("token/dashboards");
        assertThat(person.text()).contains("The token was changed.", "dashboards", "db:metrics:read");
        person.fill("Expires", "never");
        person.press("Set the expiry");
        assertThat(person.place()).isEqualTo("token/dashboards");
        Token changed = scene.tokens().find(new TokenName("dashboards"));
        assertThat(changed.expiry().end()).isEmpty();
        assertThat(changed.description().isEmpty()).isTrue();
        assertThat(changed.rights().texts()).containsExactly("db:metrics:read");
    }

    @ParameterizedTest
    @EnumSource
    void disables_enables_and_deletes_a_token(Way way) {
        begin(way);
        person.open("token/grafana");
        person.fill("Reason, kept in the ledger", "Left in a train");
        person.press("Disable");
        assertThat(isAccepted(scene.grafana())).isFalse();
        assertThat(person.text()).contains("disabled", "Left in a train");
        person.press("Enable");
        assertThat(isAccepted(scene.grafana())).isTrue();
        person.press("Look at what would be deleted");
        assertThat(person.text()).contains("Delete grafana?", "from 10.1.2.3", "It is in use.");
        person.press("Keep it");
        assertThat(isAccepted(scene.grafana())).isTrue();
        person.press("Look at what would be deleted");
        person.press("Delete it for good");
        assertThat(person.place()).isEqualTo("tokens");
        assertThat(isAccepted(scene.grafana())).isFalse();
        person.open("token/grafana");
        assertThat(person.text()).contains("Not found");
    }

    @ParameterizedTest
    @EnumSource
    void rotates_a_token_undoes_it_and_finishes_it(Way way) {
        begin(way);
        person.open("token/grafana");
        person.choose("The old secret is accepted", "for a day");
        person.press("Make a new secret");
        String undone = person.secret();
        assertThat(person.text()).contains("the old secret is accepted until in 24 h");
        assertThat(isAccepted(undone) && isAccepted(scene.grafana())).isTrue();
        person.press("I have it: go to the token");
        person.press("Undo: refuse the new secret");
        assertThat(isAccepted(undone)).isFalse();
        person.press("Make a new secret");
        String finished = person.secret();
        person.press("I have it: go to the token");
        person.press("Finish: refuse the old secret");
        assertThat(isAccepted(scene.grafana())).isFalse();
        assertThat(isAccepted(finished)).isTrue();
        assertThat(person.text()).contains("rotated");
    }

    @ParameterizedTest
    @EnumSource
    void refuses_a_change_of_what_somebody_else_has_changed(Way way) {
        begin(way);
        person.open("token/grafana");
        person.otherTab(() -> {
            person.open("token/grafana");
            person.fill("Expires", "90d");
            person.press("Set the expiry");
        });
        person.fill("Reason, kept in the ledger", "unseen");
        person.press("Disable");
        assertThat(person.text()).contains("Nothing was changed.", "Somebody changed this token");
        assertThat(grafana().disablement()).isEmpty();
    }
}
