package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Wrong attempts to sign in. */
final class SignInThrottleTest {
    private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");

    private final AtomicLong now = new AtomicLong();
    private final SignInThrottle throttle = new SignInThrottle(now::get);

    @Test
    void each_wrong_attempt_takes_twice_as_long_up_to_eight_seconds() {
        for (long expected : new long[] {500, 1000, 2000, 4000, 8000, 8000}) {
            assertThat(throttle.fail(ONE)).isEqualTo(Duration.ofMillis(expected));
            throttle.answered(ONE);
        }
        assertThat(throttle.fail(OTHER)).isEqualTo(SignInThrottle.SHORTEST);
        now.addAndGet(SignInThrottle.MEMORY.plus(SignInThrottle.LONGEST).toNanos());
        assertThat(throttle.fail(ONE)).isEqualTo(SignInThrottle.SHORTEST);
    }

    @Test
    void a_network_has_eight_wrong_attempts_at_a_time() {
        for (int i = 0; i < SignInThrottle.MOST_WAITING; i++) {
            assertThat(throttle.admits(ONE)).isTrue();
            var _ = throttle.fail(ONE);
        }
        assertThat(throttle.admits(ONE)).isFalse();
        assertThat(throttle.admits(OTHER)).isTrue();
        throttle.answered(ONE);
        assertThat(throttle.admits(ONE)).isTrue();
    }

    @Test
    void addresses_of_an_ipv6_network_count_as_one() {
        var _ = throttle.fail(InetAddress.ofLiteral("2001:db8::1"));
        assertThat(throttle.fail(InetAddress.ofLiteral("2001:db8::2"))).isGreaterThan(SignInThrottle.SHORTEST);
        assertThat(throttle.fail(InetAddress.ofLiteral("2001:db8:0:1::1"))).isEqualTo(SignInThrottle.SHORTEST);
    }
}
