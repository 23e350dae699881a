package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.TokenName;
import io.latchkey.http.RunningServer;
import io.latchkey.http.console.Browser.Reply;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What other sites, other browsers and thieves of cookies can do to a session: nothing. */
final class AttackTest {
    private static final TokenName VICTIM = new TokenName("victim");
    private static final TokenName THIEF = new TokenName("ci");
    private static final String HERE = "Sec-Fetch-Site: same-origin\r\n";

    private final RunningServer server = new RunningServer(Map.of());

    @AfterEach
    void stop() {
        server.close();
    }

    private static TokenAdministration tokens(TokenAuthority authority) {
        return authority.actingAs(new Actor.FileOwner()).tokens();
    }

    private String create(TokenName name) {
        return tokens(server.authority)
                .createNamed(name, Lifetime.UNLIMITED, Description.NONE)
                .secret()
                .reveal();
    }

    private long revision() {
        return server.store.revision();
    }

    /** Every form that changes something, with fields that would do so. */
    private Map<String, Map<String, String>> forms(Browser browser) {
        String page = browser.get("/console/token/victim").body();
        String version = page.split("name=\"version\" value=\"", 2)[1].split("\"", 2)[0];
        Map<String, Map<String, String>> forms = new HashMap<>();
        for (String act : List.of("edit", "extend", "disable", "enable", "rotate", "finish", "undo", "delete")) {
            forms.put(
                    "/console/token/victim/" + act,
                    Map.of("version", version, "name", "victim", "reason", "x", "grace", "1h", "expiry", "90d"));
        }
        Map<String, String> token =
                new HashMap<>(Map.of("name", "new", "kind", "admin", "expiry", "never", "once", "1"));
        for (String empty : List.of("permissions", "description", "owner", "labels", "from", "not_before", "routes")) {
            token.put(empty, "");
        }
        forms.put("/console/new-token", token);
        forms.put("/console/check/revoke", Map.of("text", create(new TokenName("leaked"))));
        forms.put("/console/ledger/verify", Map.of());
        forms.put("/console/sign-out", Map.of());
        return forms;
    }

    private static Map<String, String> with(Map<String, String> fields, String formToken) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("form_token", formToken);
        return all;
    }

    @Test
    void no_form_of_another_site_changes_anything() {
        create(VICTIM);
        Browser browser = Browser.signedIn(server, server.operator());
        String formToken = browser.get("/console/").formToken();
        Map<String, Map<String, String>> forms = forms(browser);
        long before = revision();
        forms.forEach((path, fields) -> {
            for (String headers : List.of(
                    "",
                    "Sec-Fetch-Site: cross-site\r\n",
                    "Sec-Fetch-Site: same-site\r\n",
                    "Sec-Fetch-Site: none\r\nOrigin: http://localhost\r\n",
                    "Origin: null\r\n",
                    "Origin: http://evil.example\r\n",
                    "Origin: http://localhost:1\r\n",
                    HERE + HERE)) {
                assertThat(browser.post(path, headers, with(fields, formToken)).status())
                        .as(path + " " + headers)
                        .isEqualTo(403);
            }
        });
        assertThat(revision()).isEqualTo(before);
        assertThat(browser.get("/console/tokens").status()).isEqualTo(200);
    }

    @Test
    void no_form_without_the_token_of_its_session_changes_anything() {
        create(VICTIM);
        String secret = server.operator();
        Browser browser = Browser.signedIn(server, secret);
        String ofAnother = Browser.signedIn(server, secret).get("/console/").formToken();
        Map<String, Map<String, String>> forms = forms(browser);
        long before = revision();
        forms.forEach((path, fields) -> {
            for (String formToken : List.of("", "x", ofAnother)) {
                assertThat(browser.post(path, HERE, with(fields, formToken)).status())
                        .as(path + " " + formToken)
                        .isEqualTo(403);
            }
            assertThat(browser.post(path, HERE, fields).status()).as(path).isEqualTo(403);
        });
        assertThat(revision()).isEqualTo(before);
    }

    @Test
    void a_form_that_is_sent_again_changes_nothing() {
        create(VICTIM);
        Browser browser = Browser.signedIn(server, server.operator());
        String formToken = browser.get("/console/").formToken();
        Map<String, Map<String, String>> forms = forms(browser);
        for (String path : List.of("/console/new-token", "/console/token/victim/rotate")) {
            Map<String, String> fields = with(forms.getOrDefault(path, Map.of()), formToken);
            assertThat(browser.post(path, HERE, fields).status()).as(path).isEqualTo(200);
            long before = revision();
            Reply again = browser.post(path, HERE, fields);
            assertThat(again.status()).as(path).isEqualTo(409);
            assertThat(again.body()).doesNotContain("apiv3_");
            assertThat(revision()).isEqualTo(before);
        }
    }

    @Test
    void a_session_ends_with_its_secret_also_if_another_process_ends_that() {
        endsWith(tokens -> tokens.disable(THIEF, new Reason("x"), Precondition.NONE));
        endsWith(tokens -> tokens.rotate(THIEF, GracePeriod.NONE, Optional.empty(), Precondition.NONE));
        endsWith(tokens -> tokens.rotate(THIEF, GracePeriod.parse("1h"), Optional.empty(), Precondition.NONE));
        endsWith(tokens -> tokens.revoke(THIEF, Precondition.NONE));
    }

    /** As soon as the registry has followed the store, which it polls every 8 ms at least. */
    private void endsWith(Consumer<TokenAdministration> act) {
        Browser browser = Browser.signedIn(server, create(THIEF));
        assertThat(browser.get("/console/tokens").status()).isEqualTo(200);
        try (var other = new TokenAuthority(server.store, server.clock, new SecureRandom())) {
            act.accept(tokens(other));
        }
        Eventually.until(() -> browser.get("/console/tokens").status() == 303);
        if (server.store.find(THIEF).isPresent()) {
            tokens(server.authority).revoke(THIEF, Precondition.NONE);
        }
    }
}
