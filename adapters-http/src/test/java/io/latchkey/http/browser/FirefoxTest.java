package io.latchkey.http.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import io.latchkey.http.RunningServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The console in a browser that shares no code with Chromium. */
@EnabledIf(value = "io.latchkey.http.browser.Firefox#isWanted", disabledReason = "firefox-esr is not installed")
final class FirefoxTest {
    private static Firefox firefox;

    private final RunningServer server = new RunningServer(Map.of());
    private final Scene scene = Scene.of(server);
    private final String console = "http://127.0.0.1:" + server.port() + "/console/";

    @BeforeAll
    static void start() throws IOException {
        firefox = new Firefox();
    }

    @AfterAll
    static void quit() throws IOException {
        firefox.close();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void signIn() {
        firefox.open(console + "sign-in");
        firefox.fill("Secret of a token", scene.operator());
        firefox.press("Sign in");
    }

    private boolean isAccepted(String secret) {
        return server.authority.check(TokenSecret.presented(secret)) instanceof Verdict.Accepted;
    }

    @ParameterizedTest
    @EnumSource
    void signs_in_finds_a_token_disables_it_and_signs_out(Firefox.Script script) {
        firefox.renew(script);
        signIn();
        assertThat(firefox.read("body")).contains("Signed in as _admin");
        firefox.press("Tokens");
        firefox.fill("Name, owner or label", "observability");
        firefox.press("Filter");
        assertThat(firefox.read(".count")).isEqualTo("1 token of 15");
        firefox.press("grafana");
        firefox.fill("Reason, kept in the ledger", "Left in a train");
        firefox.press("Disable");
        assertThat(firefox.read("body")).contains("The token is disabled", "Left in a train");
        assertThat(isAccepted(scene.grafana())).isFalse();
        firefox.press("Enable");
        assertThat(isAccepted(scene.grafana())).isTrue();
        firefox.press("Sign out");
        firefox.back();
        assertThat(firefox.read("body")).doesNotContain("Left in a train");
        assertThat(firefox.complaints()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void creates_a_token_whose_secret_is_gone_after_its_page(Firefox.Script script) {
        firefox.renew(script);
        signIn();
        firefox.press("New token");
        firefox.fill("Name", "backup");
        firefox.fill("Permissions, one a line", "db:a:read\ndb:b:write");
        firefox.press("Create the token");
        String secret = firefox.read("#secret");
        assertThat(isAccepted(secret)).isTrue();
        firefox.press("I have it: go to the token");
        assertThat(firefox.url()).isEqualTo(console + "token/backup");
        firefox.back();
        assertThat(firefox.source()).doesNotContain(secret.substring(6));
        firefox.open(console + "check");
        firefox.fill("A suspected leak, or a text with it", "Bearer " + secret);
        firefox.press("Check it");
        assertThat(firefox.read("main")).contains("It is live: it is accepted now.", "backup");
        firefox.press("Revoke it now");
        firefox.press("Revoke it for good");
        assertThat(isAccepted(secret)).isFalse();
        assertThat(firefox.complaints()).isEmpty();
    }

    @Test
    void a_browser_reports_what_breaks_the_policy() {
        firefox.renew(Firefox.Script.RUNS);
        signIn();
        firefox.run("document.body.setAttribute('style', 'color: red')");
        assertThat(firefox.complaints()).singleElement().asString().contains("Content-Security-Policy");
    }
}
