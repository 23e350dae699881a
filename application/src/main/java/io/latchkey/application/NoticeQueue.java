package io.latchkey.application;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Notices that are to be told: those of one token in their order, and else whatever is due first, so that one that is not
 * taken holds up no other token. Alarms wait for nothing but alarms of the same token.
 *
 * <p>Of one thread. Times are nanoseconds since any moment, never negative.
 */
final class NoticeQueue {
    private final Map<String, Queued> queued = new HashMap<>();
    private final Map<NoticeLane.Key, NoticeLane> lanes = new HashMap<>();
    /** The lanes whose first notice is due: the most urgent first, and of those the ones that failed least. */
    private final TreeSet<NoticeLane> due = new TreeSet<>(Comparator.comparing(NoticeLane::urgency)
            .thenComparingInt(lane -> lane.attempts().failures())
            .thenComparing(NoticeLane::first));
    /** The lanes whose first notice was not taken and waits. */
    private final TreeSet<NoticeLane> waiting =
            new TreeSet<>(Comparator.comparingLong(NoticeLane::until).thenComparing(NoticeLane::first));

    /**
     * A notice in its place.
     *
     * @param order when it came about, but never before what the ledger has before it: clocks are set back
     */
    record Queued(Instant order, Notice notice) implements Comparable<Queued> {
        private static final Comparator<Queued> IN_ORDER = Comparator.comparing(Queued::order)
                .thenComparingLong(
                        one -> one.notice.change().map(LedgerLine::revision).orElse(0L))
                .thenComparing(one -> one.notice.id());

        @Override
        public int compareTo(Queued other) {
            return IN_ORDER.compare(this, other);
        }
    }

    /** Adds a notice, unless it is here. */
    void add(Instant order, Notice notice) {
        Queued added = new Queued(order, notice);
        if (queued.putIfAbsent(notice.id(), added) == null) {
            NoticeLane lane = lanes.computeIfAbsent(NoticeLane.Key.of(notice), NoticeLane::new);
            takeOut(lane);
            lane.add(added);
            putBack(lane);
        }
    }

    /** Forgets a notice, whether it was told or is no longer to be. */
    void remove(Notice notice) {
        Queued removed = queued.remove(notice.id());
        if (removed != null) {
            NoticeLane lane = lane(notice);
            takeOut(lane);
            lane.remove(removed);
            putBack(lane);
        }
    }

    /**
     * What is to be told now.
     *
     * @param now the time
     * @param pausedUntil until when only alarms are told
     */
    Optional<Notice> next(long now, long pausedUntil) {
        while (!waiting.isEmpty() && waiting.first().until() <= now) {
            waitUntil(waiting.first(), NoticeLane.DUE);
        }
        return due.isEmpty() || (due.first().urgency() != NoticeLane.Urgency.ALARM && now < pausedUntil)
                ? Optional.empty()
                : Optional.of(due.first().first().notice());
    }

    /** The attempts so far to tell one that {@link #next} gave. */
    NoticeAttempts attempts(Notice notice) {
        return lane(notice).attempts();
    }

    /** Lets one that {@link #next} gave wait. */
    void postpone(Notice notice, NoticeAttempts attempts, long until) {
        NoticeLane lane = lane(notice);
        takeOut(lane);
        lane.tried(attempts);
        lane.waitUntil(until);
        putBack(lane);
    }

    /** Lets nothing wait longer than until then. */
    void hasten(long until) {
        while (!waiting.isEmpty() && waiting.last().until() > until) {
            waitUntil(waiting.last(), until);
        }
    }

    private void waitUntil(NoticeLane lane, long until) {
        takeOut(lane);
        lane.waitUntil(until);
        putBack(lane);
    }

    private NoticeLane lane(Notice notice) {
        NoticeLane lane = lanes.get(NoticeLane.Key.of(notice));
        if (lane == null) {
            throw new IllegalStateException("not in the queue: " + notice.id());
        }
        return lane;
    }

    private void takeOut(NoticeLane lane) {
        if (!lane.isEmpty()) {
            due.remove(lane);
            waiting.remove(lane);
        }
    }

    private void putBack(NoticeLane lane) {
        if (lane.isEmpty()) {
            lanes.remove(lane.key());
        } else {
            (lane.isWaiting() ? waiting : due).add(lane);
        }
    }
}
