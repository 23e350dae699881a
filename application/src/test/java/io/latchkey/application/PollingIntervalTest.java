package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PollingIntervalTest {
    private long ticks = Long.MAX_VALUE - 5;
    private long asked;
    private final PollingInterval pace = new PollingInterval(() -> asked, () -> ticks);

    private Duration after(Duration span) {
        ticks += span.toNanos();
        return pace.next();
    }

    @Test
    void it_is_longer_without_requests_and_never_exceeds_the_allowed_lag() {
        assertThat(after(Duration.ZERO)).isEqualTo(PollingInterval.BUSY);
        assertThat(after(PollingInterval.PATIENCE.minusNanos(1))).isEqualTo(PollingInterval.BUSY);
        assertThat(after(Duration.ofNanos(1))).isEqualTo(PollingInterval.IDLE);
        assertThat(after(Duration.ofDays(1))).isEqualTo(PollingInterval.IDLE);
        asked++;
        assertThat(after(PollingInterval.IDLE)).isEqualTo(PollingInterval.BUSY);
        assertThat(after(PollingInterval.PATIENCE.minusNanos(1))).isEqualTo(PollingInterval.BUSY);
        asked++;
        assertThat(after(Duration.ofNanos(1))).isEqualTo(PollingInterval.BUSY);
        assertThat(after(PollingInterval.PATIENCE)).isEqualTo(PollingInterval.IDLE);
        assertThat(PollingInterval.IDLE).isLessThan(Duration.ofMillis(10));
    }
}
