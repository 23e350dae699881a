package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlotTest {
    private static Plot plot(Plot.Bar... bars) {
        return new Plot("hour", "2 hours", Plot.HOURS, List.of("Expired", "Disabled"), List.of(bars));
    }

    private static Plot.Bar bar(long accepted, long expired, long unavailable) {
        return new Plot.Bar(Instant.EPOCH, accepted, List.of(expired, 0L), unavailable);
    }

    @Test
    void the_least_part_of_the_highest_bar_is_seen() {
        Plot plot = plot(bar(1_000_000, 1, 1), bar(0, 0, 0));
        assertThat(plot.acceptedPath()).isEqualTo("M1 60v-56h8v56z");
        assertThat(plot.refusedPath()).isEqualTo("M1 4v-2h8v2z");
        assertThat(plot.unavailablePath()).isEqualTo("M1 2v-2h8v2z");
        assertThat(plot.box()).isEqualTo("0 0 20 60");
    }

    @Test
    void small_parts_of_a_small_bar_do_not_hide_each_other() {
        Plot plot = plot(bar(1_000, 0, 0), bar(1, 1, 1));
        assertThat(plot.acceptedPath()).isEqualTo("M1 60v-56h8v56zM11 60v-2h8v2z");
        assertThat(plot.refusedPath()).isEqualTo("M11 58v-2h8v2z");
        assertThat(plot.unavailablePath()).isEqualTo("M11 56v-2h8v2z");
    }

    @Test
    void the_table_has_the_reasons_and_periods_that_occur_the_newest_first() {
        Plot plot = plot(bar(3, 0, 0), bar(0, 0, 0), bar(0, 2, 0));
        assertThat(plot.occurring()).containsExactly(0);
        assertThat(plot.busy()).containsExactly(bar(0, 2, 0), bar(3, 0, 0));
        assertThat(plot.label()).isEqualTo("3 accepted, 2 refused; at most 3 in one hour");
        assertThat(plot(bar(0, 0, 0)).isEmpty()).isTrue();
        assertThat(plot(bar(1, 0, 2)).label()).contains("2 without an answer");
    }
}
