package io.latchkey.http.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.client.HttpRemoteAuthorities;
import java.net.URI;
import java.util.Optional;
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

    @ParameterizedTest
    @EnumSource
    void signs_in_with_a_link_once(Way way) {
        person.use(way);
        String link = new HttpRemoteAuthorities()
                .consoleLink(
                        URI.create(person.origin()), ServerTrust.DEFAULT, Optional.of(TokenSecret.presented(operator)))
                .url()
                .toString();
        person.browser().get(link);
        person.press("Sign in as _admin");
        assertThat(person.text()).contains("Signed in as _admin");
        assertThat(person.place()).isEmpty();
        person.press("Sign out");
        person.browser().get(link);
        assertThat(person.text()).contains("This link was used already");
    }

    @ParameterizedTest
    @EnumSource
    void says_that_a_secret_is_wrong_and_asks_again(Way way) {
        person.use(way);
        person.signIn("apiv3_wrong");
        assertThat(person.text()).contains("This is not the secret of a token that is valid now");
        assertThat(person.browser().getPageSource()).doesNotContain("apiv3_wrong");
        person.fill("Secret of a token", operator);
        person.press("Sign in");
        assertThat(person.text()).contains("Signed in as _admin");
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
