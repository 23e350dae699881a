package io.latchkey.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonExceptionTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\u007f", "\u0080", "\u009b", "\u200e", "\u2028", "\u2029", "\ud800", "\ufeff"})
    void removes_control_characters(String control) {
        assertThat(JsonException.quoted("a" + control + "b")).isEqualTo("a?b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ü", "😀", "日本"})
    void keeps_printable_text(String text) {
        assertThat(JsonException.quoted(text)).isEqualTo(text);
    }
}
