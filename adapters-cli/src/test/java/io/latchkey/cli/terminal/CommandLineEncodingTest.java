package io.latchkey.cli.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandLineEncodingTest {
    @Test
    void the_last_words_are_the_commands_own() {
        assertThat(CommandLineEncoding.again(3, "java\0-cp\0x\0Main\0a\0\0ü鍵\0".getBytes(UTF_8)))
                .hasValueSatisfying(words -> assertThat(words).containsExactly("a", "", "ü鍵"));
    }

    @Test
    void what_is_not_utf_8_or_not_there_is_not_guessed() {
        assertThat(CommandLineEncoding.again(1, "java\0Main\0ü\0".getBytes(ISO_8859_1)))
                .isEmpty();
        assertThat(CommandLineEncoding.again(1, new byte[0])).isEqualTo(Optional.empty());
    }

    @Test
    void only_what_java_could_not_read_is_read_again() {
        assertThat(CommandLineEncoding.areDamaged(new String[] {"Müller", "鍵"})).isFalse();
        assertThat(CommandLineEncoding.areDamaged(new String[] {"M\uFFFD\uFFFDller"}))
                .isTrue();
    }
}
