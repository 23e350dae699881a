package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecordingTest {
    @Test
    void is_enabled_by_a_property_and_never_in_ci() {
        assertThat(Recording.isWanted("false", Map.of())).isFalse();
        assertThat(Recording.isWanted("false", Map.of("CI", "true"))).isFalse();
        assertThat(Recording.isWanted("true", Map.of())).isTrue();
        assertThatThrownBy(() -> Recording.isWanted("true", Map.of("CI", "true")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("-Dlatchkey.record=true writes what it should compare: not under CI=true");
    }
}
