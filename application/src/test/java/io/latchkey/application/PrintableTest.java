package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintableTest {
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
        assertThat(Printable.width(text)).isEqualTo(columns);
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
        assertThat(Printable.cut(text, columns)).isEqualTo(cut);
    }

    @Test
    void a_cut_text_is_never_wider_than_it_may_be_and_no_narrower_than_it_must() {
        String text = "a鍵\u0301🔑-b …✅ c鍵鍵d🇩🇪e";
        for (int columns = 1; columns <= Printable.width(text); columns++) {
            assertThat(Printable.width(Printable.cut(text, columns))).isBetween(columns - 1, columns);
        }
        assertThat(Printable.cut(text, Printable.width(text))).isEqualTo(text);
    }
}
