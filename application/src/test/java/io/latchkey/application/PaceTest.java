package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private long ticks = Long.MAX_VALUE - 5;
    private long asked;
    private final Pace pace = new Pace(() -> asked, () -> ticks);

    private Duration after(Duration span) {
        ticks += span.toNanos();
        return pace.next();
    }

    @Test
    void it_is_slower_while_nobody_asks_and_never_slower_than_a_change_may_take() {
        assertThat(after(Duration.ZERO)).isEqualTo(Pace.BUSY);
        assertThat(after(Pace.PATIENCE.minusNanos(1))).isEqualTo(Pace.BUSY);
        assertThat(after(Duration.ofNanos(1))).isEqualTo(Pace.IDLE);
        assertThat(after(Duration.ofDays(1))).isEqualTo(Pace.IDLE);
        asked++;
        assertThat(after(Pace.IDLE)).isEqualTo(Pace.BUSY);
        assertThat(after(Pace.PATIENCE.minusNanos(1))).isEqualTo(Pace.BUSY);
        asked++;
        assertThat(after(Duration.ofNanos(1))).isEqualTo(Pace.BUSY);
        assertThat(after(Pace.PATIENCE)).isEqualTo(Pace.IDLE);
        assertThat(Pace.IDLE).isLessThan(Duration.ofMillis(10));
    }
}
