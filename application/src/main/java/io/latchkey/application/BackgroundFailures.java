package io.latchkey.application;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often work on an authority's own threads failed and was put off. */
public final class BackgroundFailures {
    private final Map<Work, LongAdder> counts = new ConcurrentHashMap<>();

    BackgroundFailures() {
        for (Work work : Work.values()) {
            counts.put(work, new LongAdder());
        }
    }

    /** The task of a background thread. */
    public enum Work {
        /** Polling for changes by other processes. */
        LEDGER_WATCH,
        /** Writing down how tokens are used. */
        TOKEN_USES,
        /** Recording that a retired secret was presented. */
        ALARMS
    }

    void note(Work work) {
        of(work).increment();
    }

    /** Since the start. */
    public long count(Work work) {
        return of(work).sum();
    }

    private LongAdder of(Work work) {
        return requireNonNull(counts.get(work));
    }
}
