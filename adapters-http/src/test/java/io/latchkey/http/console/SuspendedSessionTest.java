package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.TokenAdministration;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.Actor;
import io.latchkey.domain.AttributesEdit;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.RunningServer;
import io.latchkey.http.client.HttpRemoteAuthorities;
import io.latchkey.http.console.Browser.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was true of a token in the meantime ends its sessions and links, also if nobody sent a request then. */
final class SuspendedSessionTest {
    private static final TokenName CI = new TokenName("ci");

    private final RunningServer server = new RunningServer(Map.of());
    private final TokenAdministration tokens =
            server.authority.actingAs(new Actor.FileOwner()).tokens();
    private final String secret = tokens.createNamed(CI, Lifetime.UNLIMITED, Description.NONE)
            .secret()
            .reveal();

    @AfterEach
    void stop() {
        server.close();
    }

    private void ends(Runnable changes) {
        Browser browser = Browser.signedIn(server, secret);
        String link = new HttpRemoteAuthorities()
                .consoleLink(
                        URI.create("http://127.0.0.1:" + server.port() + "/"),
                        ServerTrust.DEFAULT,
                        Optional.of(TokenSecret.presented(secret)))
                .url()
                .getQuery()
                .substring("link=".length());
        changes.run();
        assertThat(browser.get("/console/tokens").status()).isEqualTo(303);
        Browser other = new Browser(server);
        Reply page = other.get("/console/sign-in?link=" + link);
        assertThat(other.post("/console/sign-in", Map.of("link", link, "form_token", page.formToken()))
                        .status())
                .isEqualTo(401);
    }

    private void expire(Lifetime lifetime) {
        var _ = tokens.edit(
                CI, new TokenEdit(Optional.empty(), Optional.empty(), Optional.of(lifetime)), Precondition.NONE);
    }

    private void acceptFrom(String... from) {
        AttributesEdit edit = new AttributesEdit(
                Optional.empty(),
                Optional.of(Origins.parse(List.of(from))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var _ = tokens.edit(
                CI, new TokenEdit(Optional.empty(), Optional.empty(), Optional.empty(), edit), Precondition.NONE);
    }

    @Test
    void a_disabled_token_that_is_enabled_again() {
        ends(() -> {
            var _ = tokens.disable(CI, Reason.NONE, Precondition.NONE);
            var _ = tokens.enable(CI, Precondition.NONE);
        });
    }

    @Test
    void an_expired_token_that_is_extended() {
        ends(() -> {
            expire(Lifetime.parse("1h"));
            server.clock.advance(Duration.ofHours(2));
            expire(Lifetime.UNLIMITED);
        });
    }

    @Test
    void a_limit_to_addresses_that_is_removed() {
        ends(() -> {
            acceptFrom("10.0.0.0/8");
            acceptFrom();
        });
    }

    @Test
    void a_rotation_that_is_undone() {
        ends(() -> {
            var _ = tokens.rotate(CI, GracePeriod.parse("1h"), Optional.empty(), Precondition.NONE);
            var _ = tokens.undoRotation(CI, Precondition.NONE);
        });
    }

    @Test
    void a_change_of_its_own_token_leaves_a_session_alive() {
        Browser browser = Browser.signedIn(server, secret);
        for (String owner : List.of("first", "second")) {
            Reply page = browser.get("/console/token/ci");
            Map<String, String> form = new HashMap<>(Map.of(
                    "name",
                    "ci",
                    "owner",
                    owner,
                    "version",
                    page.body().split("name=\"version\" value=\"", 2)[1].split("\"", 2)[0],
                    "form_token",
                    page.formToken()));
            for (String empty : List.of("description", "labels", "from", "not_before", "routes")) {
                form.put(empty, "");
            }
            Reply reply = browser.post("/console/token/ci/edit", form);
            assertThat(reply.headers("location")).containsExactly("/console/token/ci");
            assertThat(browser.get("/console/tokens").status()).isEqualTo(200);
        }
        var _ = tokens.disable(CI, Reason.NONE, Precondition.NONE);
        var _ = tokens.enable(CI, Precondition.NONE);
        assertThat(browser.get("/console/tokens").status()).isEqualTo(303);
    }
}
