package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class LifetimeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.007Z");

    @Test
    void a_token_is_live_in_every_millisecond_before_its_expiry_and_in_none_after() {
        Expiry expiry = new Lifetime.Span(Duration.ofSeconds(1)).startingAt(NOW);
        for (int millis = 0; millis < 2000; millis++) {
            assertThat(expiry.isLiveAt(NOW.plusMillis(millis)))
                    .as("after %d ms", millis)
                    .isEqualTo(millis < 1000);
        }
        assertThat(expiry.isLiveAt(NOW.plusMillis(1000).minusNanos(1))).isTrue();
        assertThat(expiry.end()).contains(NOW.plusSeconds(1));
    }

    @Test
    void an_end_is_within_a_time_in_every_millisecond_of_it_and_not_once_it_has_come() {
        Expiry expiry = new Lifetime.Span(Duration.ofSeconds(3)).startingAt(NOW);
        for (int millis = 0; millis < 4000; millis++) {
            assertThat(expiry.isWithin(Duration.ofSeconds(2), NOW.plusMillis(millis)))
                    .as("after %d ms", millis)
                    .isEqualTo(millis >= 1000 && millis < 3000);
        }
        assertThat(Expiry.NEVER.isWithin(Lifetime.LONGEST, NOW)).isFalse();
    }

    @Test
    void an_unlimited_life_has_no_end() {
        assertThat(Lifetime.UNLIMITED.startingAt(NOW)).isEqualTo(Expiry.NEVER);
        assertThat(Expiry.NEVER.isLiveAt(Instant.MAX)).isTrue();
        assertThat(Expiry.NEVER.end()).isEmpty();
    }

    @Test
    void a_life_is_at_least_a_second_and_at_most_a_hundred_years() {
        assertThat(new Lifetime.Span(Lifetime.SHORTEST).startingAt(NOW)).isEqualTo(Expiry.at(NOW.plusSeconds(1)));
        assertThat(new Lifetime.Span(Lifetime.LONGEST).startingAt(NOW))
                .isEqualTo(Expiry.at(Instant.parse("2126-03-02T12:00:00.007Z")));
        assertRefused(() -> new Lifetime.Span(Duration.ZERO));
        assertRefused(() -> new Lifetime.Span(Duration.ofDays(-1)));
        assertRefused(() -> new Lifetime.Span(Lifetime.SHORTEST.minusNanos(1)));
        assertRefused(() -> new Lifetime.Span(Lifetime.LONGEST.plusNanos(1)));
        assertRefused(() -> new Lifetime.Span(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @Test
    void the_same_holds_for_an_end_that_is_given() {
        assertThat(new Lifetime.Until(NOW.plusSeconds(1)).startingAt(NOW)).isEqualTo(Expiry.at(NOW.plusSeconds(1)));
        assertRefused(() -> new Lifetime.Until(NOW).startingAt(NOW));
        assertRefused(() -> new Lifetime.Until(NOW.plusMillis(999)).startingAt(NOW));
        assertRefused(() -> new Lifetime.Until(NOW.plus(Lifetime.LONGEST).plusMillis(1)).startingAt(NOW));
        assertRefused(() -> new Lifetime.Until(Instant.MAX).startingAt(NOW));
        assertRefused(() -> new Lifetime.Until(Instant.MIN).startingAt(NOW));
    }

    @Test
    void is_written_as_never_a_duration_a_date_or_a_timestamp() {
        assertThat(Lifetime.parse("never")).isEqualTo(Lifetime.UNLIMITED);
        assertThat(Lifetime.parse("1h 30m")).isEqualTo(new Lifetime.Span(Duration.ofMinutes(90)));
        assertThat(Lifetime.parse("2030d")).isEqualTo(new Lifetime.Span(Duration.ofDays(2030)));
        assertThat(Lifetime.parse("2030-01-31")).isEqualTo(until("2030-01-31T00:00:00Z"));
        assertThat(Lifetime.parse("2030-01-31T12:00:00Z")).isEqualTo(until("2030-01-31T12:00:00Z"));
        assertThat(Lifetime.parse("2030-01-31T12:00:00.5+02:00")).isEqualTo(until("2030-01-31T10:00:00.5Z"));
        for (String none :
                new String[] {"2030-", "2030-02-30", "2030-1-1", "2030-01-31T12:00:00", "2030-01-31 12:00Z"}) {
            assertThatThrownBy(() -> Lifetime.parse(none))
                    .as(none)
                    .hasMessage("expected a date like 2030-01-31, or a timestamp like 2030-01-31T12:00:00Z");
        }
        assertThatThrownBy(() -> Lifetime.parse("Never")).hasMessage("expected number at 0");
        assertThatThrownBy(() -> Lifetime.parse("203-01-31")).hasMessage("invalid character at 3");
    }

    private static Lifetime until(String end) {
        return new Lifetime.Until(Instant.parse(end));
    }

    @Test
    void an_expiry_has_the_precision_of_the_wire() {
        assertThat(Expiry.at(NOW.plusNanos(999_999))).isEqualTo(Expiry.at(NOW));
    }

    private static void assertRefused(ThrowingCallable making) {
        assertThatThrownBy(making)
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessage("expiry must be at least 1 second and at most 100 years ahead");
    }
}
