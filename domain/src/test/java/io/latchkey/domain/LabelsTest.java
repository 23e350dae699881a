package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels of tokens. */
final class LabelsTest {
    @Test
    void are_keys_with_values_which_may_be_empty() {
        assertThat(Labels.parse(List.of("team=a", "env=", "a.b/c-d_e=x=y")).texts())
                .containsExactly("a.b/c-d_e=x=y", "env=", "team=a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "=x", "="})
    void without_a_key_are_named_with_the_form_of_a_label(String text) {
        assertThatThrownBy(() -> Labels.parse(List.of(text)))
                .isInstanceOfSatisfying(
                        TokenFailure.Invalid.class,
                        failure -> assertThat(failure.sentence())
                                .isEqualTo("expected a label KEY=VALUE, and not " + text));
    }
}
