package io.latchkey.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.LogCounts;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LogRateLimitTest {
    private final LogCounts counts = new LogCounts();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final LogRateLimit lines = new LogRateLimit(counts, now::get);

    private long taken(int times, String address) {
        InetAddress from = InetAddress.ofLiteral(address);
        return IntStream.range(0, times).filter(_ -> lines.take(from)).count();
    }

    @Test
    void limits_the_lines_of_one_address() {
        assertThat(taken(150, "192.0.2.1")).isEqualTo(100);
        assertThat(taken(150, "192.0.2.2")).isEqualTo(100);
        assertThat(counts.throttled()).isEqualTo(100);
        now.addAndGet(LogRateLimit.WINDOW.toNanos() - 1);
        assertThat(taken(1, "192.0.2.1")).isZero();
        now.addAndGet(1);
        assertThat(taken(150, "192.0.2.1")).isEqualTo(100);
    }

    @Test
    void a_network_of_ipv6_is_one_stranger() {
        assertThat(taken(60, "2001:db8::1") + taken(60, "2001:db8::2")).isEqualTo(100);
        assertThat(taken(60, "2001:db8:0:1::1")).isEqualTo(60);
    }

    @Test
    void limits_the_lines_of_all_addresses_together() {
        long all = IntStream.range(0, 200)
                .mapToLong(i -> taken(100, "192.0.2." + i))
                .sum();
        assertThat(all).isEqualTo(1_000);
        assertThat(counts.throttled()).isEqualTo(19_000);
    }
}
