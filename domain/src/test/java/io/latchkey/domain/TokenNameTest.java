package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "ci-runner", "Zoë", "a b", "a_", "_admin", "鍵🔑", "a/b", "'; --", "100 %"})
    void any_visible_text_is_a_name(String name) {
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
    void invisible_characters_are_refused(String name) {
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "ci-runner",
                "Zoë",
                "a b",
                "a_",
                "_admin",
                "鍵🔑",
                "한국",
                "नमस्ते",
                "שלום",
                "a/b",
                "100 %",
                "naïve café",
                "👍🏽"
            })
    void an_unambiguous_text_is_a_new_name(String name) {
        new TokenName(name).checkNew();
    }

    /** Each of them is taken for a name that exists. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ci\u3164",
                "ci\ufe0f",
                "c\u034fi",
                "\u115fci",
                "ci\u180b",
                "ci\u2800",
                "c\u2028i",
                "c\u2029i",
                "ci\uffa0",
                "c\u17b4i",
                "ci\udb40\udd00",
                "ci\ud834\udd59"
            })
    void a_blank_character_is_refused_in_a_new_name(String name) {
        assertNotNew(name, "token name must not contain characters that cannot be seen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uff3fadmin", "\ufe33admin", "\u203fadmin", "\u02cdadmin", "\u2017admin", "\u0332admin"})
    void look_alikes_of_the_underscore_are_refused_in_a_new_name(String name) {
        assertNotNew(name, "token name must not begin with what looks like '_', which is reserved");
    }

    @ParameterizedTest
    @CsvSource({"ｃｉ, ci", "ﬁx, fix", "c①, c1", "\u212bngström, \u00c5ngström", "wait…, wait..."})
    void compatibility_characters_are_refused_in_a_new_name(String name, String compatible) {
        if (new TokenName(name).value().equals(compatible)) {
            new TokenName(name).checkNew(); // NFC alone made it the same name
        } else {
            assertNotNew(name, "token name must not contain characters that stand for others: write " + compatible);
        }
    }

    /** Cyrillic es, Greek omicron, Cherokee A and Armenian seh, in Latin words. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0441i", "pr\u03bfd", "p\u0440od-ci", "\u13aadmin", "\u057di", "ci \u0430pi x\u0445"})
    void letters_of_several_scripts_in_one_word_are_refused_in_a_new_name(String name) {
        assertNotNew(name, "token name must not mix letters of several scripts in one word");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod-москва", "ci тест 1", "東京タワーのci", "Seoul서울", "тест_ci", "α-beta"})
    void words_of_several_scripts_are_fine_in_a_new_name(String name) {
        new TokenName(name).checkNew();
    }

    @Test
    void spaces_marks_and_unassigned_characters_are_refused_in_a_new_name() {
        assertNotNew("a\u00a0b", "token name must not contain another space than U+0020");
        assertNotNew("a\u3000b", "token name must not contain another space than U+0020");
        assertNotNew("\u0301a", "token name must not begin with a combining mark");
        assertNotNew("a\ue000", "token name must not contain characters for private use");
    }

    /** The property Default_Ignorable_Code_Point of Unicode 16, in full. */
    @Test
    void every_ignorable_character_is_invisible() {
        int[] ignorable = {
            0xAD, 0xAD, 0x34F, 0x34F, 0x61C, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x200F,
            0x202A, 0x202E, 0x2060, 0x206F, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0,
            0xFFF8, 0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF
        };
        for (int i = 0; i < ignorable.length; i += 2) {
            for (int c = ignorable[i]; c <= ignorable[i + 1]; c++) {
                assertThat(InvisibleCharacters.contains(c))
                        .as(Integer.toHexString(c))
                        .isTrue();
            }
        }
        "aé鍵한🔑_ -"
                .codePoints()
                .forEach(c -> assertThat(InvisibleCharacters.contains(c)).isFalse());
    }

    private static void assertNotNew(String name, String sentence) {
        TokenName kept = new TokenName(name);
        assertThatThrownBy(kept::checkNew)
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessage(sentence);
    }

    private static void assertRefused(String name, String sentence) {
        assertThatThrownBy(() -> new TokenName(name))
                .isInstanceOfSatisfying(
                        TokenFailure.Invalid.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("name"))
                .hasMessage(sentence);
    }
}
