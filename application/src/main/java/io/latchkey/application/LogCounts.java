package io.latchkey.application;

import java.util.concurrent.atomic.LongAdder;

/** Live counter of log lines that were dropped. */
public final class LogCounts {
    private final LongAdder dropped = new LongAdder();
    private final LongAdder throttled = new LongAdder();

    /** Counts a line that was dropped because the log output was too slow. */
    public void addDropped() {
        dropped.increment();
    }

    /** Adds a line that was left out because strangers had caused too many. */
    public void addThrottled() {
        throttled.increment();
    }

    /** Lines for which there was no place. */
    public long dropped() {
        return dropped.sum();
    }

    /** Lines that were left out because strangers had caused too many. */
    public long throttled() {
        return throttled.sum();
    }
}
