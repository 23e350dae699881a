package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "ci, ci, true",
        "ci, cid, false",
        "ci-*, ci-1, true",
        "ci-*, ci-, true",
        "ci-*, ci, false",
        "*-ci, a-ci, true",
        "*, anything, true",
        "a*a, a, false",
        "a*a, aa, true",
        "a*b*c, a1b2c, true",
        "a*b*c, abbc, true",
        "a*b*c, acb, false",
        "a*b*b, ab, false",
        "a*bb*bb*c, abbbc, false",
        "a*bb*bb*c, abbbbc, true",
        "*b*b, bb, true",
        "*b*b*, b, false",
        "CI, ci, false",
        "mu\u0308ller, m\u00fcller, true"
    })
    void matches_names_of_its_form(String pattern, String name, boolean matches) {
        assertThat(NamePattern.parse(pattern).matches(new TokenName(name))).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci", "*", "a*b", "**", "*a*"})
    void is_written_as_it_was_read(String text) {
        assertThat(NamePattern.parse(text).text()).isEqualTo(text);
    }

    @Test
    void is_neither_empty_nor_long() {
        assertThatThrownBy(() -> NamePattern.parse("")).isInstanceOf(TokenFailure.Invalid.class);
        assertThat(NamePattern.parse("x".repeat(256)).literals()).hasSize(1);
        assertThatThrownBy(() -> NamePattern.parse("x".repeat(257)))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessageContaining("of 1 to 256 characters");
    }
}
