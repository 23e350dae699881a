package io.latchkey.persistence.sandbox;

import java.time.Duration;

/**
 * The end of a query on the calling thread: when its time is over, or when the thread is interrupted because the client has
 * disconnected. Cheap enough to check for each comparison of values.
 *
 * @param end as {@link System#nanoTime}
 */
record TimeLimit(long end) {
    /** The time limit of a query that begins now. */
    static TimeLimit of(Duration longest) {
        return new TimeLimit(System.nanoTime() + longest.toNanos());
    }

    /** Whether the query must end. */
    boolean isOver() {
        return Thread.currentThread().isInterrupted() || System.nanoTime() - end > 0;
    }
}
