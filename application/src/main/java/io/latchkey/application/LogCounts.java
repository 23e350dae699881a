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

    /** Counts a line that was dropped because anonymous clients had caused too many. */
    public void addThrottled() {
        throttled.increment();
    }

    /** Lines dropped because the log output was too slow. */
    public long dropped() {
        return dropped.sum();
    }

    /** Lines dropped because anonymous clients had caused too many. */
    public long throttled() {
        return throttled.sum();
    }
}
