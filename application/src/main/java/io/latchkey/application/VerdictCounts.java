package io.latchkey.application;

import io.latchkey.domain.Verdict;
import java.util.concurrent.atomic.LongAdder;

/** Live counters of verdicts by kind; counting never blocks. */
public final class VerdictCounts {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder disabled = new LongAdder();
    private final LongAdder retired = new LongAdder();
    private final LongAdder notYet = new LongAdder();
    private final LongAdder origin = new LongAdder();
    private final LongAdder route = new LongAdder();
    private final LongAdder unavailable = new LongAdder();

    VerdictCounts() {}

    void count(Verdict verdict) {
        switch (verdict) {
            case Verdict.Accepted _ -> accepted.increment();
            case Verdict.Refused refused -> {
                switch (refused) {
                    case UNKNOWN -> unknown.increment();
                    case EXPIRED -> expired.increment();
                    case DISABLED -> disabled.increment();
                    case RETIRED -> retired.increment();
                    case NOT_YET -> notYet.increment();
                    case ORIGIN -> origin.increment();
                    case ROUTE -> route.increment();
                }
            }
            case Verdict.Unavailable _ -> unavailable.increment();
        }
    }

    /** All verdicts. */
    long total() {
        return accepted()
                + unknown()
                + expired()
                + disabled()
                + retired()
                + notYet()
                + origin()
                + route()
                + unavailable();
    }

    /** Secrets of valid tokens. */
    public long accepted() {
        return accepted.sum();
    }

    /** Secrets that no token has. */
    public long unknown() {
        return unknown.sum();
    }

    /** Secrets of expired tokens. */
    public long expired() {
        return expired.sum();
    }

    /** Secrets of disabled tokens. */
    public long disabled() {
        return disabled.sum();
    }

    /** Former secrets of existing tokens. */
    public long retired() {
        return retired.sum();
    }

    /** Secrets of tokens that are not valid yet. */
    public long notYet() {
        return notYet.sum();
    }

    /** Secrets of tokens that are not accepted from the address. */
    public long origin() {
        return origin.sum();
    }

    /** Secrets of tokens that are not accepted for the request. */
    public long route() {
        return route.sum();
    }

    /** Secrets that could not be verified. */
    public long unavailable() {
        return unavailable.sum();
    }
}
