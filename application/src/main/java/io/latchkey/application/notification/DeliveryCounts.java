package io.latchkey.application.notification;

import java.util.concurrent.atomic.LongAdder;

/** Live counters of delivery attempts by outcome. */
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

    /** Notifications delivered. */
    public long delivered() {
        return delivered.sum();
    }

    /** Attempts that failed and are repeated. */
    public long failed() {
        return failed.sum();
    }

    /** Notifications given up. */
    public long dropped() {
        return dropped.sum();
    }

    /** Webhooks that stopped because their receiver refused all further notifications: 0 or 1. */
    public long ended() {
        return ended.sum();
    }
}
