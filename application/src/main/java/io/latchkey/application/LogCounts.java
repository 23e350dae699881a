package io.latchkey.application;

import java.util.concurrent.atomic.LongAdder;

/** How many log lines were not written, as it goes on. */
public final class LogCounts {
    private final LongAdder dropped = new LongAdder();
    private final LongAdder throttled = new LongAdder();

    /** Adds a line for which there was no place, because whatever takes log lines was too slow. */
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
