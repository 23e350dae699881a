package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ConsoleLink;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.Actor;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenVersion;
import io.latchkey.http.RunningServer;
import io.latchkey.http.client.HttpRemoteAuthorities;
import io.latchkey.http.console.Browser.Reply;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Links that sign in. */
final class ConsoleLinkTest {
    private static ConsoleLink link(RunningServer server, String secret) {
        return new HttpRemoteAuthorities()
                .consoleLink(
                        URI.create("http://127.0.0.1:" + server.port() + "/"),
                        ServerTrust.DEFAULT,
                        Optional.of(TokenSecret.presented(secret)));
    }

    private static String code(ConsoleLink link) {
        assertThat(link.url().getPath()).isEqualTo("/console/sign-in");
        return link.url().getQuery().substring("link=".length());
    }

    private static Reply use(Browser browser, String code) {
        Reply page = browser.get("/console/sign-in?link=" + code);
        return browser.post("/console/sign-in", Map.of("link", code, "form_token", page.formToken()));
    }

    @Test
    void signs_in_once_and_loading_the_page_does_not_use_it() {
        try (var server = new RunningServer(Map.of())) {
            String code = code(link(server, server.operator()));
            Browser browser = new Browser(server);
            for (int i = 0; i < 2; i++) {
                assertThat(browser.get("/console/sign-in?link=" + code).body())
                        .contains("Sign in as <bdi>_admin</bdi>");
            }
            assertThat(use(browser, code).status()).isEqualTo(303);
            assertThat(browser.get("/console/tokens").status()).isEqualTo(200);
            Browser other = new Browser(server);
            assertThat(other.get("/console/sign-in?link=" + code).body()).contains("This link was used already");
            assertThat(use(other, code).status()).isEqualTo(401);
        }
    }

    @Test
    void a_link_of_another_origin_signs_nobody_in() {
        try (var server = new RunningServer(Map.of())) {
            String code = code(link(server, server.operator()));
            Browser browser = new Browser(server);
            String formToken = browser.get("/console/sign-in?link=" + code).formToken();
            Reply reply = browser.post(
                    "/console/sign-in",
                    "Sec-Fetch-Site: cross-site\r\n",
                    Map.of("link", code, "form_token", formToken));
            assertThat(reply.status()).isEqualTo(403);
            assertThat(use(browser, code).status()).isEqualTo(303);
        }
    }

    @Test
    void a_link_of_a_dead_token_is_dead() {
        try (var server = new RunningServer(Map.of())) {
            String code = code(link(server, server.operator()));
            server.authority.actingAs(new Actor.FileOwner()).tokens().regenerateOperator();
            assertThat(use(new Browser(server), code).status()).isEqualTo(401);
        }
    }

    @Test
    void needs_a_live_token_and_a_console() {
        try (var server = new RunningServer(Map.of())) {
            assertThatThrownBy(() -> link(server, "apiv3_x")).isInstanceOf(TokenFailure.Unauthenticated.class);
        }
        try (var server = new RunningServer(Map.of("latchkey.console.enabled", false))) {
            String operator = server.operator();
            assertThatThrownBy(() -> link(server, operator))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessageContaining("no web console");
        }
    }

    @Test
    void a_code_is_valid_for_a_minute() {
        var now = new AtomicLong();
        var links = new SignInLinks(new SecureRandom(), now::get);
        TokenDigest digest = TokenSecret.presented("apiv3_x").digest();
        String code = links.issue(
                new Actor.Holder(TokenId.FIRST, TokenName.OPERATOR, digest), new TokenVersion(TokenId.FIRST, 1));
        now.addAndGet(SignInLinks.LIFETIME.toNanos() - 1);
        assertThat(links.look(code)).isPresent();
        now.addAndGet(1);
        assertThat(links.look(code)).isEmpty();
        assertThat(links.take(code)).isEmpty();
    }
}
