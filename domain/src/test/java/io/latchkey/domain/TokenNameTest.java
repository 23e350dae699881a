package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "ci-runner", "Zoë", "a b", "a_", "_admin", "鍵🔑", "a/b", "'; --", "100 %"})
    void anything_that_can_be_seen_is_a_name(String name) {
        assertThat(new TokenName(name).value()).isEqualTo(name);
    }

    @Test
    void two_spellings_of_one_name_are_one_name() {
        assertThat(new TokenName("Zoe\u0308")).isEqualTo(new TokenName("Zo\u00eb"));
    }

    @Test
    void case_matters() {
        assertThat(new TokenName("CI")).isNotEqualTo(new TokenName("ci"));
    }

    @Test
    void the_empty_name_is_refused() {
        assertRefused("", "token name must not be empty");
    }

    @Test
    void a_name_has_at_most_128_characters_however_many_bytes_they_take() {
        assertThat(new TokenName("🔑".repeat(128)).value()).hasSize(256);
        assertRefused("a".repeat(129), "token name must not be longer than 128 characters");
        assertRefused("🔑".repeat(129), "token name must not be longer than 128 characters");
        assertRefused("a".repeat(100_000), "token name must not be longer than 128 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "a\nb",
                "a\u007fb",
                "a\u0085b",
                "a\u200bb",
                "a\u202eb",
                "a\ufeffb",
                "a\ud800b",
                "a\u0378b"
            })
    void what_cannot_be_seen_is_refused(String name) {
        assertRefused(name, "token name must not contain control, format, surrogate or unassigned characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a ", "\u00a0a", "a\u3000", " "})
    void white_space_at_either_end_is_refused(String name) {
        assertRefused(name, "token name must not begin or end with white space");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_", "_ADMIN", "_admin2", "_x"})
    void a_leading_underscore_is_reserved(String name) {
        assertRefused(name, "token name must not begin with '_', which is reserved");
    }

    private static void assertRefused(String name, String sentence) {
        assertThatThrownBy(() -> new TokenName(name))
                .isInstanceOfSatisfying(
                        TokenFailure.Invalid.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("name"))
                .hasMessage(sentence);
    }
}
