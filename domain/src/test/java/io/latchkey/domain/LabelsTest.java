package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

    @Test
    void are_few_and_short_and_hold_no_control_characters() {
        List<String> most =
                IntStream.range(0, Labels.MOST).mapToObj(i -> "k" + i + "=v").toList();
        assertThat(Labels.parse(most).values()).hasSize(Labels.MOST);
        List<String> more = new ArrayList<>(most);
        more.add("more=v");
        assertThatThrownBy(() -> Labels.parse(more)).hasMessage("a token must not have more than 16 labels");
        assertThat(Labels.parse(List.of("k=" + "v".repeat(Labels.LONGEST_VALUE)))
                        .values())
                .hasSize(1);
        for (String wrong : List.of("k=" + "v".repeat(Labels.LONGEST_VALUE + 1), "k=a\nb", "K=v", "k k=v")) {
            assertThatThrownBy(() -> Labels.parse(List.of(wrong))).isInstanceOf(TokenFailure.Invalid.class);
        }
        assertThatThrownBy(() -> Labels.parse(List.of("k=1", "k=2"))).hasMessage("this label is given twice: k");
    }
}
