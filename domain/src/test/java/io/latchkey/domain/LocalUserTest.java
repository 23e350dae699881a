package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LocalUserTest {
    @Test
    void has_a_name_of_1_to_64_visible_characters() {
        for (String name : List.of("z", "zo\u00eb", "\ud83d\udd11".repeat(LocalUser.MAX_LENGTH))) {
            assertThat(new LocalUser(name)).hasToString(name);
        }
        for (String none : List.of("", "z".repeat(LocalUser.MAX_LENGTH + 1), "a\nb", "\u202ea")) {
            assertThatThrownBy(() -> new LocalUser(none)).isInstanceOf(TokenFailure.Invalid.class);
        }
    }

    @Test
    void is_shown_although_the_systems_name_is_long_or_has_characters_that_cannot_be_seen() {
        assertThat(LocalUser.called("zo\u00eb")).contains(new LocalUser("zo\u00eb"));
        assertThat(LocalUser.called(" a\u202eb ")).contains(new LocalUser("a\ufffdb"));
        assertThat(LocalUser.called("z".repeat(99))).contains(new LocalUser("z".repeat(64)));
    }

    @Test
    void is_unknown_where_the_system_has_no_name() {
        for (String none : List.of("", " ", "?")) {
            assertThat(LocalUser.called(none)).isEmpty();
        }
    }
}
