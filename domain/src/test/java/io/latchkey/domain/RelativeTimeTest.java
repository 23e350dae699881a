package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RelativeTimeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final Pattern TOLD = Pattern.compile("in (\\d+) (s|min|h|days|months|years)");

    private static String in(Duration span) {
        return RelativeTime.of(NOW.plus(span), NOW);
    }

    private static String ago(Duration span) {
        return RelativeTime.of(NOW.minus(span), NOW);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            PT0.5S,        1 s
            PT1S,          1 s
            PT1.499S,      1 s
            PT1.5S,        2 s
            PT59.499S,     59 s
            PT59.5S,       1 min
            PT1M,          1 min
            PT89.999S,     1 min
            PT90S,         2 min
            PT59M29.999S,  59 min
            PT59M30S,      1 h
            PT1H29M59S,    1 h
            PT1H30M,       2 h
            PT24H,         24 h
            PT47H29M59S,   47 h
            PT47H30M,      2 days
            P2D,           2 days
            PT59H59M59S,   2 days
            PT60H,         3 days
            P14D,          14 days
            P60DT11H59M,   60 days
            P60DT12H,      2 months
            P90D,          3 months
            P364D,         12 months
            P366D,         12 months
            P715D,         23 months
            P716D,         2 years
            P912D,         2 years
            P914D,         3 years
            P36525D,       100 years
            """)
    void a_duration_is_shown_in_a_suitable_unit(Duration span, String told) {
        assertThat(in(span)).isEqualTo("in " + told);
        assertThat(ago(span)).isEqualTo(told + " ago");
    }

    @Test
    void less_than_half_a_second_is_now() {
        assertThat(in(Duration.ZERO)).isEqualTo("now");
        assertThat(in(Duration.ofMillis(499))).isEqualTo("now");
        assertThat(ago(Duration.ofMillis(499))).isEqualTo("now");
    }

    @Test
    void the_earliest_and_latest_times_can_be_shown() {
        assertThat(RelativeTime.of(Instant.MAX, NOW)).matches("in \\d{9} years");
        assertThat(RelativeTime.of(Instant.MIN, NOW)).matches("\\d{9,10} years ago");
        assertThat(RelativeTime.of(Instant.MIN, Instant.MAX)).matches("\\d{10} years ago");
    }

    /** Every duration is shown with an error of at most half a unit, and a longer one is never shown as shorter. */
    @Test
    void the_rounding_error_is_at_most_half_a_unit() {
        Duration before = Duration.ZERO;
        for (Duration span = Duration.ofMillis(500);
                span.toDays() < 40_000;
                span = span.plus(span.dividedBy(97)).plusMillis(7)) {
            Matcher told = TOLD.matcher(in(span));
            assertThat(told.matches()).as(in(span)).isTrue();
            Duration unit = HumanDuration.parse("1" + told.group(2));
            Duration said = unit.multipliedBy(Long.parseLong(told.group(1)));
            assertThat(said.minus(span).abs()).as(span.toString()).isLessThanOrEqualTo(unit.dividedBy(2));
            assertThat(said).as(span.toString()).isGreaterThanOrEqualTo(before);
            before = said;
        }
    }
}
