package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.application.TokenAdministration;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.TokenName;
import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import io.latchkey.http.console.Browser.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sessions of the console, by raw requests. */
final class SignInTest {
    private static final TokenName CI = new TokenName("ci");
    private static final String SESSION = "latchkey-console";
    private static final String SAME = "Sec-Fetch-Site: same-origin\r\n";

    private static TokenAdministration tokens(RunningServer server) {
        return server.authority.actingAs(new Actor.FileOwner()).tokens();
    }

    private static String create(RunningServer server) {
        return tokens(server)
                .createNamed(CI, Lifetime.UNLIMITED, Description.NONE)
                .secret()
                .reveal();
    }

    @Test
    void exchanges_a_secret_for_a_session_and_shows_the_tokens() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = new Browser(server);
            assertThat(browser.get("/console/").headers("location")).containsExactly("/console/sign-in");
            String secret = create(server);
            Reply reply = browser.signIn(secret);
            assertThat(reply.status()).isEqualTo(303);
            assertThat(reply.headers("set-cookie").getFirst())
                    .matches(SESSION + "=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
            assertThat(reply.text()).doesNotContain(secret);
            assertThat(browser.cookies).containsOnlyKeys(SESSION);
            Reply page = browser.get("/console/tokens");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body())
                    .contains("<a class=\"name\" href=\"/console/token/ci\"><bdi>ci</bdi>")
                    .doesNotContain(secret);
        }
    }

    @Test
    void refuses_a_wrong_secret_slowly_and_keeps_the_form() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = new Browser(server);
            long start = System.nanoTime();
            Reply reply = browser.signIn("apiv3_wrong");
            assertThat(reply.status()).isEqualTo(401);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SignInThrottle.SHORTEST);
            assertThat(reply.body()).contains("role=\"alert\"").doesNotContain("apiv3_wrong");
            assertThat(browser.cookies).doesNotContainKey(SESSION);
        }
    }

    @Test
    void takes_the_right_secret_at_once_while_wrong_ones_of_the_same_address_wait() throws Exception {
        try (var server = new RunningServer(Map.of());
                var attackers = Executors.newVirtualThreadPerTaskExecutor()) {
            String secret = create(server);
            List<Future<Reply>> wrong = Stream.generate(
                            () -> attackers.submit(() -> new Browser(server).signIn("apiv3_wrong")))
                    .limit(SignInThrottle.MOST_WAITING + 1L)
                    .toList();
            Eventually.until(() -> wrong.stream().anyMatch(SignInTest::isRefusedAtOnce));
            assertThat(new Browser(server).signIn(secret).status()).isEqualTo(303);
            attackers.shutdownNow();
        }
    }

    private static boolean isRefusedAtOnce(Future<Reply> attempt) {
        return attempt.state() == Future.State.SUCCESS
                && attempt.resultNow().status() == 429
                && attempt.resultNow().headers("retry-after").equals(List.of("8"));
    }

    @Test
    void takes_no_secret_over_plain_http_from_another_machine() {
        try (var server = new RunningServer(Map.of())) {
            for (String host : new String[] {"tokens.lan:8181", "192.0.2.1"}) {
                String page = page(server, "Host: " + host + "\r\n");
                assertThat(page)
                        .as(host)
                        .contains("You cannot sign in over plain HTTP from another machine.")
                        .doesNotContain("<form");
                assertThat(page(server, "Host: " + host + "\r\nSec-Fetch-Site: none\r\n"))
                        .as("a proxy ends TLS")
                        .contains("<form");
            }
            for (String host : new String[] {"localhost:8181", "127.0.0.1:8181", "[::1]:8181", "[::1]"}) {
                assertThat(page(server, "Host: " + host + "\r\n")).as(host).contains("<form");
            }
        }
    }

    private static String page(RunningServer server, String headers) {
        return RawConnection.exchange(
                server.port(),
                ("GET /console/sign-in HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void refuses_a_form_of_another_origin() {
        try (var server = new RunningServer(Map.of())) {
            String secret = create(server);
            Browser browser = new Browser(server);
            Map<String, String> form = Map.of(
                    "secret",
                    secret,
                    "form_token",
                    browser.get("/console/sign-in").formToken());
            for (String headers : new String[] {
                "Sec-Fetch-Site: cross-site\r\nOrigin: http://localhost\r\n",
                "Sec-Fetch-Site: same-site\r\n",
                "Sec-Fetch-Site: none\r\n",
                SAME + SAME,
                SAME + "Origin: http://evil.example\r\n",
                SAME + "Origin: http://localhost:81\r\n",
                SAME + "Origin: null\r\nOrigin: null\r\n",
                "Origin: null\r\n",
                "Origin: http://localhost.evil.example\r\n",
                "Origin: http://localhost:81\r\n",
                "Origin: http://localhost\r\nOrigin: http://localhost\r\n",
                ""
            }) {
                Reply reply = browser.post("/console/sign-in", headers, form);
                assertThat(reply.status()).as(headers).isEqualTo(403);
                assertThat(browser.cookies).as(headers).doesNotContainKey(SESSION);
            }
            assertThat(browser.post("/console/sign-in", "Origin: http://localhost\r\n", form)
                            .status())
                    .isEqualTo(303);
        }
    }

    @Test
    void refuses_a_form_that_was_made_for_another_browser() {
        try (var server = new RunningServer(Map.of())) {
            String secret = create(server);
            String foreign = new Browser(server).get("/console/sign-in").formToken();
            Browser browser = new Browser(server);
            assertThat(browser.post("/console/sign-in", Map.of("secret", secret, "form_token", foreign))
                            .status())
                    .isEqualTo(403);
            var _ = browser.get("/console/sign-in");
            assertThat(browser.post("/console/sign-in", Map.of("secret", secret, "form_token", foreign))
                            .status())
                    .isEqualTo(403);
            assertThat(browser.post("/console/sign-in", Map.of("secret", secret))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void gives_a_session_an_id_that_the_browser_did_not_choose() {
        try (var server = new RunningServer(Map.of())) {
            String secret = create(server);
            Browser browser = new Browser(server);
            browser.cookies.put(SESSION, "chosen-by-an-attacker");
            var _ = browser.signIn(secret);
            assertThat(browser.cookies.get(SESSION)).isNotEqualTo("chosen-by-an-attacker");
            Browser attacker = new Browser(server);
            attacker.cookies.put(SESSION, "chosen-by-an-attacker");
            assertThat(attacker.get("/console/tokens").status()).isEqualTo(303);
            String first = browser.cookies.get(SESSION);
            var _ = browser.signIn(secret);
            attacker.cookies.put(SESSION, first);
            assertThat(attacker.get("/console/tokens").status()).isEqualTo(303);
        }
    }

    @Test
    void refuses_two_cookies_of_the_name_of_the_session() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, create(server));
            String id = browser.cookies.get(SESSION);
            browser.cookies.put(SESSION, id + "; " + SESSION + "=other");
            assertThat(browser.get("/console/tokens").status()).isEqualTo(303);
        }
    }

    @Test
    void a_stolen_cookie_is_useless_after_sign_out() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, create(server));
            Browser thief = new Browser(server);
            thief.cookies.putAll(browser.cookies);
            String formToken = browser.get("/console/tokens").formToken();
            assertThat(thief.post("/console/sign-out", Map.of()).status()).isEqualTo(403);
            assertThat(browser.post(
                                    "/console/sign-out",
                                    "Sec-Fetch-Site: cross-site\r\n",
                                    Map.of("form_token", formToken))
                            .status())
                    .isEqualTo(403);
            assertThat(browser.get("/console/tokens").status()).isEqualTo(200);
            Reply reply = browser.post("/console/sign-out", Map.of("form_token", formToken));
            assertThat(reply.headers("location")).containsExactly("/console/sign-in");
            assertThat(browser.cookies).isEmpty();
            assertThat(thief.get("/console/tokens").status()).isEqualTo(303);
        }
    }

    @Test
    void a_session_ends_with_its_secret() {
        endsWith(tokens -> tokens.revoke(CI, Precondition.NONE));
        endsWith(tokens -> tokens.disable(CI, Reason.NONE, Precondition.NONE));
        endsWith(tokens -> tokens.rotate(CI, GracePeriod.NONE, Optional.empty(), Precondition.NONE));
        endsWith(tokens -> tokens.rotate(CI, GracePeriod.parse("1h"), Optional.empty(), Precondition.NONE));
    }

    private static void endsWith(Consumer<TokenAdministration> act) {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, create(server));
            assertThat(browser.get("/console/tokens").status()).isEqualTo(200);
            act.accept(tokens(server));
            assertThat(browser.get("/console/tokens").headers("location")).containsExactly("/console/sign-in");
            Browser again = new Browser(server);
            again.cookies.putAll(browser.cookies);
            assertThat(again.get("/console/tokens").status()).isEqualTo(303);
        }
    }

    @Test
    void says_that_the_session_ended() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, create(server));
            Reply ordinary = new Browser(server).get("/console/sign-in");
            assertThat(ordinary.body()).doesNotContain("Your session has ended");
            assertThat(browser.get("/console/sign-in").body()).doesNotContain("Your session has ended");
            tokens(server).disable(CI, Reason.NONE, Precondition.NONE);
            assertThat(browser.get("/console/tokens").headers("location")).containsExactly("/console/sign-in");
            assertThat(browser.get("/console/sign-in").body())
                    .contains("Your session has ended", "Nothing was changed since.");
        }
    }

    @Test
    void servers_at_two_ports_of_a_host_have_cookies_of_their_own() {
        try (var server = new RunningServer(Map.of())) {
            String secret = create(server);
            Browser first = new Browser(server, "127.0.0.1:8181");
            assertThat(first.signIn(secret).status()).isEqualTo(303);
            assertThat(first.cookies).containsOnlyKeys(SESSION + "-8181");
            Browser second = first.at("127.0.0.1:8182");
            assertThat(second.get("/console/tokens").status()).isEqualTo(303);
            assertThat(second.signIn(secret).status()).isEqualTo(303);
            assertThat(second.cookies).containsOnlyKeys(SESSION + "-8181", SESSION + "-8182");
            assertThat(second.at("127.0.0.1:8181").get("/console/tokens").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_name_that_its_owner_made_point_here_gets_nothing() {
        try (var server = new RunningServer(Map.of())) {
            String secret = create(server);
            Browser browser = Browser.signedIn(server, secret);
            Map<String, String> form = Map.of(
                    "secret",
                    secret,
                    "form_token",
                    new Browser(server).get("/console/sign-in").formToken());
            Browser rebound = browser.at("evil.example");
            assertThat(rebound.post("/console/sign-in", "Origin: http://evil.example\r\n", form)
                            .status())
                    .isEqualTo(403);
            assertThat(rebound.send("GET", "/console/tokens", "", "").body())
                    .contains("You cannot sign in over plain HTTP from another machine.")
                    .doesNotContain("<form");
        }
    }

    @Test
    void with_a_public_url_there_is_no_other_host() {
        try (var server = new RunningServer(Map.of("latchkey.server.public-url", "https://tokens.example"))) {
            String secret = create(server);
            for (String host : List.of("tokens.example", "localhost", "127.0.0.1:8181")) {
                Browser browser = new Browser(server, host);
                assertThat(browser.signIn(secret).status()).as(host).isEqualTo(303);
                assertThat(browser.get("/console/tokens").status()).as(host).isEqualTo(200);
                for (String other : List.of("evil.example", "tokens.example:81", "192.0.2.1")) {
                    Browser there = browser.at(other);
                    assertThat(there.get("/console/sign-in").status()).as(other).isEqualTo(403);
                    assertThat(there.get("/console/tokens").body())
                            .as(other)
                            .contains("The console of this server is not at the address that you opened.");
                    assertThat(there.post("/console/sign-in", Map.of("secret", secret))
                                    .body())
                            .as(other)
                            .contains("--public-url");
                }
            }
        }
    }

    @Test
    void a_session_survives_that_no_verdict_can_be_given() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, create(server));
            server.breakDown();
            Reply reply = browser.get("/console/tokens");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.headers("retry-after")).containsExactly("1");
            server.repair();
            assertThat(browser.get("/console/tokens").status()).isEqualTo(200);
        }
    }

    @Test
    void is_closed_without_authentication() {
        try (var server = new RunningServer(Map.of("latchkey.server.without-auth", true))) {
            assertThat(new Browser(server).get("/console/sign-in").status()).isEqualTo(405);
        }
    }
}
