package io.latchkey.application;

import io.latchkey.application.usage.UseCounts;
import io.latchkey.domain.Verdict;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** How often one secret was refused since the last {@link #take()}, by reason; counting never blocks. */
final class RefusalCounts {
    private final AtomicLong expired = new AtomicLong();
    private final AtomicLong disabled = new AtomicLong();
    private final AtomicLong retired = new AtomicLong();
    private final AtomicLong notYet = new AtomicLong();
    private final AtomicLong origin = new AtomicLong();
    private final AtomicLong route = new AtomicLong();
    private final AtomicLong all = new AtomicLong();

    /** Counts a refusal; returns whether it is the first since the last {@link #take()}. */
    boolean count(Verdict.Refused reason) {
        var _ = switch (reason) {
            case UNKNOWN -> 0; // of no token
            case EXPIRED -> expired.getAndIncrement();
            case DISABLED -> disabled.getAndIncrement();
            case RETIRED -> retired.getAndIncrement();
            case NOT_YET -> notYet.getAndIncrement();
            case ORIGIN -> origin.getAndIncrement();
            case ROUTE -> route.getAndIncrement();
        };
        return all.getAndIncrement() == 0;
    }

    /** Returns and resets the counts; empty if there are none. */
    Optional<UseCounts> take() {
        // The sum is reset first: a refusal that is counted in between is taken now, and is the first of the next time.
        if (all.get() == 0 || all.getAndSet(0) == 0) {
            return Optional.empty();
        }
        return Optional.of(new UseCounts(
                0,
                expired.getAndSet(0),
                disabled.getAndSet(0),
                retired.getAndSet(0),
                notYet.getAndSet(0),
                origin.getAndSet(0),
                route.getAndSet(0)));
    }
}
