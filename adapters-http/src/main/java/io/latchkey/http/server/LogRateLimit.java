package io.latchkey.http.server;

import io.latchkey.application.LogCounts;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the log lines that requests without a live token cause: in ten seconds, 100 for one IPv4 address or one IPv6
 * /64 network, and 1,000 in total. Lines beyond that are counted, and the log says how many there were.
 */
@Singleton
public final class LogRateLimit {
    static final Duration WINDOW = Duration.ofSeconds(10);
    static final int MOST_OF_ONE = 100;
    static final int MOST = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(LogRateLimit.class);

    private final LogCounts counts;
    private final LongSupplier ticker;
    private final Map<Long, Integer> lines = new HashMap<>();
    private long windowStart;
    private int all;
    private long leftOut;

    /** With the clock of the system. */
    @Inject
    public LogRateLimit(LogCounts counts) {
        this(counts, System::nanoTime);
    }

    /**
     * With another clock.
     *
     * @param ticker monotonic time in nanoseconds
     */
    LogRateLimit(LogCounts counts, LongSupplier ticker) {
        this.counts = counts;
        this.ticker = ticker;
        this.windowStart = ticker.getAsLong();
    }

    /** Whether a line may be written for a request from an address; counts it. */
    public boolean take(InetAddress from) {
        long omitted;
        boolean allowed;
        synchronized (this) {
            omitted = startWindow();
            allowed = all < MOST && lines.merge(network(from), 1, Integer::sum) <= MOST_OF_ONE;
            all += allowed ? 1 : 0;
            leftOut += allowed ? 0 : 1;
        }
        if (!allowed) {
            counts.addThrottled();
        }
        if (omitted > 0) {
            LOG.warn("requests without a live token caused too many log lines: {} were left out", omitted);
        }
        return allowed;
    }

    /** Starts a new window if the last one has ended; returns how many lines were left out in that one. */
    private long startWindow() {
        long now = ticker.getAsLong();
        if (now - windowStart < WINDOW.toNanos()) {
            return 0;
        }
        long omitted = leftOut;
        windowStart = now;
        lines.clear();
        all = 0;
        leftOut = 0;
        return omitted;
    }

    /** The network that one user typically has: an IPv4 address, or the first 64 bits of an IPv6 address. */
    private static long network(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address ? bytes.getInt() : bytes.getLong();
    }
}
