package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DescriptionTest {
    @Test
    void it_is_free_text() {
        assertThat(new Description("for the nightly build 🔑").text()).isEqualTo("for the nightly build 🔑");
        assertThat(new Description("")).isEqualTo(Description.NONE);
        assertThat(Description.NONE.isEmpty()).isTrue();
    }

    @Test
    void it_has_at_most_1000_characters() {
        assertThat(new Description("🔑".repeat(1000)).isEmpty()).isFalse();
        assertThatThrownBy(() -> new Description("a".repeat(1001)))
                .hasMessage("description must not be longer than 1000 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\u0000", "\u001b[31m", "\ud800"})
    void it_is_one_line_of_text_that_can_be_stored(String text) {
        assertThatThrownBy(() -> new Description(text))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessage("description must not contain control characters or lone surrogates");
    }

    @Test
    void an_owner_and_a_reason_are_such_texts_too() {
        assertThat(new Description("why")).hasToString("why");
        assertThat(new Owner("team a")).hasToString("team a");
        assertThat(new Owner("team a").isEmpty()).isFalse();
        assertThat(Owner.NONE.isEmpty()).isTrue();
        assertThat(new Reason("left")).hasToString("left");
        assertThat(new Reason("left").isEmpty()).isFalse();
        assertThat(Reason.NONE.isEmpty()).isTrue();
        assertThat(new Owner("o".repeat(Owner.MAX_LENGTH)).isEmpty()).isFalse();
        assertThatThrownBy(() -> new Owner("o".repeat(Owner.MAX_LENGTH + 1)))
                .hasMessage("owner must not be longer than 200 characters");
    }
}
