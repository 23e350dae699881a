package io.latchkey.application.notification;

import java.util.concurrent.atomic.LongAdder;

/** How many attempts to tell somebody of something came to what. */
public final class DeliveryCounts {
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder ended = new LongAdder();

    DeliveryCounts() {}

    void addDelivered() {
        delivered.increment();
    }

    void addFailed() {
        failed.increment();
    }

    void addDropped() {
        dropped.increment();
    }

    void addEnded() {
        ended.increment();
    }

    /** Notices that were taken. */
    public long delivered() {
        return delivered.sum();
    }

    /** Attempts that are to be repeated. */
    public long failed() {
        return failed.sum();
    }

    /** Notices that were given up. */
    public long dropped() {
        return dropped.sum();
    }

    /** Webhooks that ended because their receiver wants no more: 0 or 1. */
    public long ended() {
        return ended.sum();
    }
}
