package io.latchkey.application;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The interval between two polls of the store by the watching thread: a change takes effect within 10 ms at any time,
 * and sooner while verdicts are requested.
 *
 * <p>A poll costs about 60 µs of CPU, more than half of it for the wake-up; at the busy interval, an idle server used
 * 1.8 s of CPU a minute. Notifications of the file system (inotify, Java's WatchService on the log) save nothing over
 * the idle interval: they may miss changes on some file systems, so polling is needed anyway.
 */
final class PollingInterval {
    static final Duration BUSY = Duration.ofMillis(2);
    /** Leaves 2 ms for waking up and for the poll. */
    static final Duration IDLE = Duration.ofMillis(8);
    /** Time without requests after which the server counts as idle. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final LongSupplier asked;
    private final LongSupplier ticker;
    private long askedBefore;
    private long busySince;

    PollingInterval(LongSupplier asked, LongSupplier ticker) {
        this.asked = asked;
        this.ticker = ticker;
        this.busySince = ticker.getAsLong();
    }

    /** The time until the next poll. */
    Duration next() {
        long now = ticker.getAsLong();
        long askedNow = asked.getAsLong();
        if (askedNow != askedBefore) {
            askedBefore = askedNow;
            busySince = now;
        }
        return now - busySince < PATIENCE.toNanos() ? BUSY : IDLE;
    }
}
