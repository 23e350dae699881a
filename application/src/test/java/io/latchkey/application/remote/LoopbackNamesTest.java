package io.latchkey.application.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"})
    void mean_this_machine(String host) {
        assertThat(LoopbackNames.isNamedBy(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost.", "localhost.example.org", "10.0.0.1", "[::1", "::1]", "[localhost]", "0.0.0.0"})
    void no_other_name_does(String host) {
        assertThat(LoopbackNames.isNamedBy(host)).isFalse();
    }
}
