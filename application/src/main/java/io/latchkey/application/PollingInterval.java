package io.latchkey.application;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long the watching thread rests between two looks at the store: so that a change counts within 10 ms at all times,
 * and sooner while somebody asks for verdicts.
 *
 * <p>A look costs about 60 µs of CPU, more than half of it for waking up, so an idle server used 1.8 s of CPU a minute at
 * the busy pace. Being woken by the file system instead (inotify, Java's WatchService on the log) saves nothing over the
 * idle pace, since it may miss changes on some file systems and the store has to be looked at all the same.
 */
final class PollingInterval {
    static final Duration BUSY = Duration.ofMillis(2);
    /** Leaves 2 ms for waking up and for the look. */
    static final Duration IDLE = Duration.ofMillis(8);
    /** How long nobody must have asked. */
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

    /** Until the next look. */
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
