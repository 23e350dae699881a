package io.latchkey.application.recipe;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the programs that no test runs have in common with the others. */
class RecipeTest {
    @ParameterizedTest
    @EnumSource
    void has_an_option_for_each_blank(Recipe recipe) {
        String text = recipe.template();
        Map<Question, Boolean> blanks = Map.of(
                Question.LISTEN, text.contains("@listen"),
                Question.UPSTREAM, text.contains("@upstream"),
                Question.CREDENTIAL, text.contains("@strip@") && text.contains("@keep@"),
                Question.RESOURCE, text.contains("@resource@"),
                Question.LATCHKEY, text.contains("@latchkey@") || text.contains("@latchkey."),
                Question.VERIFY_PORT, text.contains("@verify.port@"),
                Question.DIR, text.contains("@dir@"));
        assertThat(blanks)
                .allSatisfy((question, blank) -> assertThat(recipe.questions().contains(question))
                        .as(question.field())
                        .isEqualTo(blank));
    }

    @ParameterizedTest
    @EnumSource
    void leaves_no_blank(Recipe recipe) {
        assertThat(recipe.text(Map.of())).doesNotContainPattern("@[a-z.]+@");
    }

    @ParameterizedTest
    @CsvSource({
        "NGINX, server unix:/run/lk/v max_fails=0;",
        "CADDY, forward_auth unix//run/lk/v {",
        "HAPROXY, server latchkey unix@/run/lk/v pool"
    })
    void asks_over_a_socket_where_the_program_can(Recipe recipe, String line) {
        assertThat(recipe.text(Map.of(Question.LATCHKEY, "unix:/run/lk/v"))).contains(line);
    }

    @ParameterizedTest
    @EnumSource(names = {"TRAEFIK", "ENVOY", "APACHE", "DOVECOT_OAUTH2", "PROMETHEUS"})
    void refuses_a_socket_where_the_program_cannot_ask_over_one(Recipe recipe) {
        assertThatThrownBy(() -> recipe.text(Map.of(Question.LATCHKEY, "unix:/run/lk/v")))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessageContaining("does not ask over a Unix-domain socket");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unix:",
                "unix:v",
                "unix:/",
                "unix:/run/",
                "unix:/run/a b",
                "unix:/run/a;b",
                "unix:/run/{a}",
                "unix://run/a"
            })
    void refuses_a_socket_that_is_no_plain_path(String answer) {
        assertThatThrownBy(() -> Recipe.NGINX.text(Map.of(Question.LATCHKEY, answer)))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessageContaining("expected an absolute path such as unix:/run/latchkey/verify");
    }

    @ParameterizedTest
    @EnumSource
    void is_found_by_the_name_of_its_program(Recipe recipe) {
        assertThat(Recipe.of(recipe.program())).contains(recipe);
        assertThat(Recipe.of(recipe.program() + "x")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void takes_its_own_default_answers(Recipe recipe) {
        assertThat(recipe.text(recipe.questions().stream().collect(toMap(identity(), recipe::defaultAnswer))))
                .isEqualTo(recipe.text(Map.of()));
    }

    @Test
    void writes_the_answers_into_the_file() {
        assertThat(Recipe.HAPROXY.text(Map.of(
                        Question.LISTEN, "[::1]:8443",
                        Question.UPSTREAM, "http://grafana:3000/",
                        Question.CREDENTIAL, "keep",
                        Question.RESOURCE, "grafana:prod",
                        Question.LATCHKEY, "http://latchkey",
                        Question.DIR, "/opt/haproxy")))
                .contains("bind [::1]:8443\n", "bind 127.0.0.1:28443\n", "server service grafana:3000\n")
                .contains("server latchkey latchkey:80 ", "/opt/haproxy/latchkey.lua", "permission=grafana:prod:")
                .doesNotContain("del-header Authorization");
    }

    @Test
    void says_which_answer_is_wrong_and_what_is_expected() {
        assertThatThrownBy(() -> Recipe.NGINX.text(Map.of(Question.CREDENTIAL, "STRIP")))
                .isInstanceOfSatisfying(TokenFailure.Invalid.class, failure -> {
                    assertThat(failure.field()).isEqualTo("credential");
                    assertThat(failure.sentence()).isEqualTo("expected strip or keep");
                });
        assertThatThrownBy(() -> Recipe.HAPROXY.text(Map.of(Question.VERIFY_PORT, "0")))
                .isInstanceOfSatisfying(TokenFailure.Invalid.class, failure -> {
                    assertThat(failure.field()).isEqualTo("verify-port");
                    assertThat(failure.sentence()).isEqualTo("expected a port from 1 to 65535");
                });
    }

    @Test
    void does_not_read_an_answer_to_a_question_of_another_recipe() {
        assertThat(Recipe.GITLEAKS.text(Map.of(Question.LISTEN, "nonsense"))).isEqualTo(Recipe.GITLEAKS.text(Map.of()));
    }

    @ParameterizedTest
    @EnumSource
    void says_where_it_comes_from_and_fits_a_screen(Recipe recipe) {
        assertThat(recipe.template().lines().findFirst().orElseThrow())
                .contains("`latchkey config " + recipe.program() + "`");
        assertThat(recipe.template()).endsWith("\n").doesNotContain("\r");
    }

    /** A requirement that is misspelt in the file must not open what it was to close. */
    @ParameterizedTest
    @EnumSource
    void asks_strictly(Recipe recipe) {
        assertThat(recipe.template()
                        .lines()
                        .filter(line -> !line.strip().startsWith("#") && line.contains("/api/v1/verify")))
                .allMatch(line -> line.contains("/api/v1/verify/request?strict")
                        || line.contains("{ path /api/v1/verify/request }"));
    }

    @ParameterizedTest
    @EnumSource
    void removes_the_credential_unless_the_service_is_to_get_it(Recipe recipe) {
        Pattern removal =
                Pattern.compile("(request_header -|(header|unset) |to_remove: \\[)authorization|authorization: \"\"");
        String stripped = StripCredential.STRIP.lines(recipe.template()).toLowerCase(Locale.ROOT);
        String kept = StripCredential.KEEP.lines(recipe.template()).toLowerCase(Locale.ROOT);
        assertThat(removal.matcher(stripped.replace("proxy_set_header authorization $", ""))
                        .results())
                .hasSize(recipe.questions().contains(Question.LISTEN) ? 1 : 0);
        assertThat(removal.matcher(kept.replace("proxy_set_header authorization $", ""))
                        .results())
                .isEmpty();
        assertThat(kept.contains("gets the secret in"))
                .isEqualTo(recipe.questions().contains(Question.LISTEN));
    }

    @Test
    void gitleaks_looks_for_what_secrets_look_like() {
        // The little of TOML that the file is written in: every line is one of these, or there is a slip in it.
        assertThat(Recipe.GITLEAKS.template().lines().filter(line -> !line.isEmpty() && !line.startsWith("#")))
                .allMatch(line ->
                        line.matches("\\[\\w+]|\\[\\[\\w+]]|\\w+ = (true|\"[^\"]*\"|'''[^']*'''|\\[\"\\w+\"])"));
        Matcher rule = Pattern.compile("regex = '''(.*)'''").matcher(Recipe.GITLEAKS.template());
        assertThat(rule.find()).isTrue();
        String secret = TokenSecret.generate(new SecureRandom()).reveal();
        assertThat(Pattern.compile(rule.group(1))
                        .matcher("token: " + secret + "\n")
                        .results())
                .extracting(MatchResult::group)
                .containsExactly(secret);
        assertThat("TOKEN=apiv3_YOUR_TOKEN").doesNotContainPattern(rule.group(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:8181",
                "https://127.0.0.1:8181",
                "http://",
                "http://:8181",
                "http://127.0.0.1:0",
                "http://127.0.0.1:65536",
                "http://127.0.0.1:8181/path",
                "http://user@127.0.0.1:8181",
                "http://a b",
                "http://a;b",
                "http://a\nb",
                "http://a{b}",
                "http://$a",
                "http://::1"
            })
    void takes_no_url_that_could_say_more_than_host_and_port(String text) {
        assertThatThrownBy(() -> HttpOrigin.url(text)).isInstanceOf(TokenFailure.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.1:0", "a;b:1", "a\nb:1", "a b:1", "$a:1", ":1"})
    void takes_no_address_that_could_say_more(String text) {
        assertThatThrownBy(() -> HttpOrigin.address(text)).isInstanceOf(TokenFailure.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8181",
                "http://latchkey.internal:8181/",
                "http://my_latchkey:8181",
                "http://[::1]:8181"
            })
    void takes_host_and_port(String text) {
        assertThat("http://" + HttpOrigin.url(text)).isEqualTo(text.replaceAll("/$", ""));
    }

    @Test
    void the_two_ports_of_haproxy_differ() {
        for (String port : List.of("80", "8080", "20080", "25092", "29999", "65535")) {
            String text = Recipe.HAPROXY.text(Map.of(Question.LISTEN, "127.0.0.1:" + port));
            assertThat(text.lines().filter(line -> line.strip().startsWith("bind ")))
                    .as(port)
                    .hasSize(2)
                    .doesNotHaveDuplicates();
        }
        assertThatThrownBy(() ->
                        Recipe.HAPROXY.text(Map.of(Question.LISTEN, "127.0.0.1:8080", Question.VERIFY_PORT, "8080")))
                .hasMessageContaining("expected another port than that of the listen address");
    }

    @Test
    void a_resource_has_a_type_without_actions_of_its_own() {
        assertThatThrownBy(() -> Resource.parse("tokens:ci"))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessage("the type tokens has actions of its own: choose another type, such as service:ci");
        String pattern = Resource.parse("grafana:prod.eu").pattern();
        for (String allowing : List.of("grafana:prod.eu", "grafana:*", "grafana:a,prod.eu,b")) {
            assertThat(allowing).matches(pattern);
        }
        for (String other : List.of("grafana:prodxeu", "grafana:prod.eux", "grafanas:prod.eu", "grafana:a")) {
            assertThat(other).doesNotMatch(pattern);
        }
    }
}
