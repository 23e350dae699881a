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
            assertThat(throttle.fail(ONE)).contains(Duration.ofMillis(expected));
            throttle.answered(ONE);
        }
        assertThat(throttle.fail(OTHER)).contains(SignInThrottle.SHORTEST);
        now.addAndGet(SignInThrottle.MEMORY.plus(SignInThrottle.LONGEST).toNanos());
        assertThat(throttle.fail(ONE)).contains(SignInThrottle.SHORTEST);
    }

    @Test
    void eight_wrong_attempts_of_a_network_wait_at_a_time() {
        for (int i = 0; i < SignInThrottle.MOST_WAITING; i++) {
            assertThat(throttle.fail(ONE)).isPresent();
        }
        assertThat(throttle.fail(ONE)).isEmpty();
        assertThat(throttle.fail(OTHER)).isPresent();
        throttle.answered(ONE);
        assertThat(throttle.fail(ONE)).isPresent();
        assertThat(throttle.fail(ONE)).isEmpty();
    }

    @Test
    void a_thousand_wrong_attempts_of_all_wait_at_a_time() {
        for (int i = 0; i < SignInThrottle.MOST_WAITING_IN_ALL; i++) {
            assertThat(throttle.fail(InetAddress.ofLiteral("10.0." + i / 256 + "." + i % 256)))
                    .isPresent();
        }
        assertThat(throttle.fail(OTHER)).isEmpty();
        throttle.answered(InetAddress.ofLiteral("10.0.0.0"));
        assertThat(throttle.fail(OTHER)).isPresent();
    }

    @Test
    void addresses_of_an_ipv6_network_count_as_one() {
        var _ = throttle.fail(InetAddress.ofLiteral("2001:db8::1"));
        assertThat(throttle.fail(InetAddress.ofLiteral("2001:db8::2")))
                .contains(SignInThrottle.SHORTEST.multipliedBy(2));
        assertThat(throttle.fail(InetAddress.ofLiteral("2001:db8:0:1::1"))).contains(SignInThrottle.SHORTEST);
    }
}
