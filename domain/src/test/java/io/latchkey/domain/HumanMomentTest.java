package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Timestamps that a user writes, or durations from now. */
final class HumanMomentTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00.000999Z");

    @Test
    void is_a_timestamp_a_date_or_a_duration_from_now() {
        assertThat(HumanMoment.parse("2031-02-03T04:05:06Z", NOW)).isEqualTo("2031-02-03T04:05:06Z");
        assertThat(HumanMoment.parse("2031-02-03", NOW)).isEqualTo("2031-02-03T00:00:00Z");
        assertThat(HumanMoment.parse("2d", NOW)).isEqualTo("2030-01-03T00:00:00Z");
    }

    @Test
    void anything_else_is_refused_with_what_is_expected() {
        for (String text : List.of("garbage", "", "-1d", "9000y", "292471208677y", "9223372036854775807s")) {
            assertThatThrownBy(() -> HumanMoment.parse(text, NOW))
                    .as(text)
                    .isInstanceOf(TokenFailure.Invalid.class)
                    .hasMessage("expected a date like 2030-01-31, a timestamp like 2030-01-31T12:00:00Z, or a duration"
                            + " from now like 2d");
        }
    }

    @Test
    void begins_with_a_year_and_a_hyphen() {
        for (String moment : List.of("2030-", "0999-01-01", "9000-x")) {
            assertThat(HumanMoment.looksLikeOne(moment)).as(moment).isTrue();
        }
        for (String other : List.of("2030", "2030d", "abcd-01-01", "203:-01-01", "/030-01-01", "")) {
            assertThat(HumanMoment.looksLikeOne(other)).as(other).isFalse();
        }
    }
}
