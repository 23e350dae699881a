package io.latchkey.cli;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what another process does. */
final class Await {
    private Await() {}

    /** Returns when something is so; fails if it is not so for too long. */
    static void until(Duration longest, BooleanSupplier condition) {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not so after " + longest);
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }
}
