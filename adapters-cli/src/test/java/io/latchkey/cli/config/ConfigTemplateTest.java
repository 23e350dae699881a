package io.latchkey.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the programs that no test runs have in common with the others. */
class ConfigTemplateTest {
    @ParameterizedTest
    @EnumSource
    void has_an_option_for_each_blank(ConfigTemplate recipe) {
        String text = recipe.text();
        assertThat(text.contains("@listen")).isEqualTo(recipe.guards());
        assertThat(text.contains("@upstream")).isEqualTo(recipe.guards());
        assertThat(text.contains("@latchkey@") || text.contains("@latchkey.")).isEqualTo(recipe.namesLatchkey());
        assertThat(text.contains("@verify.port@")).isEqualTo(recipe.asksByScript());
        assertThat(text.contains("@resource@")).isEqualTo(recipe.asksForPermissions());
        assertThat(text.contains("@dir@")).isEqualTo(recipe.namesFiles());
    }

    @ParameterizedTest
    @EnumSource
    void says_where_it_comes_from_and_fits_a_screen(ConfigTemplate recipe) {
        assertThat(recipe.text().lines().findFirst().orElseThrow())
                .contains("`latchkey config " + recipe.program() + "`");
        assertThat(recipe.text()).endsWith("\n").doesNotContain("\r");
    }

    /** A requirement that is misspelt in the file must not open what it was to close. */
    @ParameterizedTest
    @EnumSource
    void asks_strictly(ConfigTemplate recipe) {
        assertThat(recipe.text()
                        .lines()
                        .filter(line -> !line.strip().startsWith("#") && line.contains("/api/v1/verify")))
                .allMatch(line -> line.contains("/api/v1/verify?strict") || line.contains("{ path /api/v1/verify }"));
    }

    @ParameterizedTest
    @EnumSource
    void removes_the_credential_unless_the_service_is_to_get_it(ConfigTemplate recipe) {
        Pattern removal =
                Pattern.compile("(request_header -|(header|unset) |to_remove: \\[)authorization|authorization: \"\"");
        String stripped = StripCredential.STRIP.lines(recipe.text()).toLowerCase(Locale.ROOT);
        String kept = StripCredential.KEEP.lines(recipe.text()).toLowerCase(Locale.ROOT);
        assertThat(removal.matcher(stripped.replace("proxy_set_header authorization $", ""))
                        .results())
                .hasSize(recipe.guards() ? 1 : 0);
        assertThat(removal.matcher(kept.replace("proxy_set_header authorization $", ""))
                        .results())
                .isEmpty();
        assertThat(kept.contains("gets the secret in")).isEqualTo(recipe.guards());
    }

    @Test
    void gitleaks_looks_for_what_secrets_look_like() {
        // The little of TOML that the file is written in: every line is one of these, or there is a slip in it.
        assertThat(ConfigTemplate.GITLEAKS.text().lines().filter(line -> !line.isEmpty() && !line.startsWith("#")))
                .allMatch(line ->
                        line.matches("\\[\\w+]|\\[\\[\\w+]]|\\w+ = (true|\"[^\"]*\"|'''[^']*'''|\\[\"\\w+\"])"));
        Matcher rule = Pattern.compile("regex = '''(.*)'''").matcher(ConfigTemplate.GITLEAKS.text());
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
}
