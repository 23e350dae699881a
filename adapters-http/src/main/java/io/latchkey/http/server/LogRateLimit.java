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
 * How many log lines strangers cause: 100 in ten seconds from one address, or one network of IPv6, and 1,000 from all
 * together. What is left out is counted, and the log says how much it was.
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
    private long begun;
    private int all;
    private long leftOut;

    @Inject
    public LogRateLimit(LogCounts counts) {
        this(counts, System::nanoTime);
    }

    /**
     * The same by another clock.
     *
     * @param ticker nanoseconds that only ever advance
     */
    LogRateLimit(LogCounts counts, LongSupplier ticker) {
        this.counts = counts;
        this.ticker = ticker;
        this.begun = ticker.getAsLong();
    }

    /** Whether a line may be written that a stranger at an address has caused. */
    public boolean take(InetAddress from) {
        long unsaid;
        boolean taken;
        synchronized (this) {
            unsaid = beginAnew();
            taken = all < MOST && lines.merge(network(from), 1, Integer::sum) <= MOST_OF_ONE;
            all += taken ? 1 : 0;
            leftOut += taken ? 0 : 1;
        }
        if (!taken) {
            counts.addThrottled();
        }
        if (unsaid > 0) {
            LOG.warn("requests without a live token caused too many log lines: {} were left out", unsaid);
        }
        return taken;
    }

    /** Begins to count anew if it is time to; returns how many lines were left out before. */
    private long beginAnew() {
        long now = ticker.getAsLong();
        if (now - begun < WINDOW.toNanos()) {
            return 0;
        }
        long unsaid = leftOut;
        begun = now;
        lines.clear();
        all = 0;
        leftOut = 0;
        return unsaid;
    }

    /** What one person has: an address of IPv4, or the first half of one of IPv6. */
    private static long network(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address ? bytes.getInt() : bytes.getLong();
    }
}
