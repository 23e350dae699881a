package io.latchkey.http.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Into the console and out of it, in a real browser. */
@ExtendWith(Browsing.class)
final class SignInFlowTest {
    private final Person person;
    private final String operator;

    SignInFlowTest(Person person) {
        this.person = person;
        operator = person.server().operator();
    }

    @ParameterizedTest
    @EnumSource
    void signs_in_with_a_secret_and_out(Way way) {
        person.use(way);
        person.open("tokens");
        assertThat(person.place()).isEqualTo("sign-in");
        person.fill("Secret of a token", operator);
        person.press("Sign in");
        assertThat(person.text()).contains("Signed in as _admin");
        person.press("Sign out");
        assertThat(person.place()).isEqualTo("sign-in");
        person.open("tokens");
        assertThat(person.place()).isEqualTo("sign-in");
    }

    @Test
    void a_browser_reports_what_breaks_the_policy() {
        person.signIn(operator);
        person.browser().executeScript("document.body.setAttribute('style', 'color: red')");
        assertThat(Complaints.messages(person.browser()))
                .singleElement()
                .asString()
                .contains("Content Security Policy");
    }
}
