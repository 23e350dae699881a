package io.latchkey.application.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TerminalTextTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            '',       0
            a,        1
            Zoë,      3
            e\u0301,  1
            鍵,       2
            한국,     4
            🔑,       2
            ✅⚡⭐,   6
            🪪,       2
            🇩🇪,       2
            ｆｕｌｌ, 8
            …,        1
            """)
    void a_text_is_as_wide_as_a_terminal_shows_it(String text, int columns) {
        assertThat(TerminalText.width(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            abc,          3, abc
            abcd,         3, ab…
            abcd,         1, …
            鍵鍵,         4, 鍵鍵
            鍵鍵,         3, 鍵…
            鍵鍵鍵,       4, 鍵…
            a🔑b🔑,       5, a🔑b…
            e\u0301e\u0301e\u0301, 2, e\u0301…
            """)
    void a_text_that_is_too_wide_is_cut_between_its_characters(String text, int columns, String cut) {
        assertThat(TerminalText.cut(text, columns)).isEqualTo(cut);
    }

    @ParameterizedTest
    @CsvSource({
        "ci\u3164, ci[3164]",
        "a\u007fb, a[7f]b",
        "a\u001bb, a[1b]b",
        "a~b, a~b",
        "ci\ufe0f, ci[fe0f]",
        "ci\u200d, ci[200d]",
        "\uff3fadmin, [ff3f]admin",
        "a\u2028b, a[2028]b",
        "a\u00a0b, a[a0]b",
        "a\u2800, a[2800]",
        "a b_c\u3000d, a b_c\u3000d",
        "\u2764\ufe0f, \u2764\ufe0f",
        "\u0915\u094d\u200d, \u0915\u094d\u200d",
        "👩\u200d💻, 👩\u200d💻"
    })
    void invisible_characters_are_escaped(String text, String shown) {
        assertThat(TerminalText.of(text)).isEqualTo(shown.replace("[", "\\u{").replace(']', '}'));
    }

    @Test
    void a_quoted_text_ends_where_its_quotes_say() {
        assertThat(TerminalText.quoted("b\" status=\"200\\")).isEqualTo("\"b\\\" status=\\\"200\\\\\"");
    }

    @Test
    void a_cut_text_is_never_wider_than_it_may_be_and_no_narrower_than_it_must() {
        String text = "a鍵\u0301🔑-b …✅ c鍵鍵d🇩🇪e";
        for (int columns = 1; columns <= TerminalText.width(text); columns++) {
            assertThat(TerminalText.width(TerminalText.cut(text, columns))).isBetween(columns - 1, columns);
        }
        assertThat(TerminalText.cut(text, TerminalText.width(text))).isEqualTo(text);
    }
}
