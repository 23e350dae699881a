package io.latchkey.persistence.sandbox;

import java.time.Duration;

/**
 * How long the calling thread may go on with a query: until a moment, or until it is interrupted because nobody waits for
 * the answer any more. Cheap enough to be asked for every value that is compared.
 */
record TimeLimit(long end) {
    /** The limit of a query that begins now. */
    static TimeLimit of(Duration longest) {
        return new TimeLimit(System.nanoTime() + longest.toNanos());
    }

    boolean isOver() {
        return Thread.currentThread().isInterrupted() || System.nanoTime() - end > 0;
    }
}
