package io.latchkey.application.notification;

import io.latchkey.application.ledger.LedgerRecord;
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
final class DueQueue {
    private final Map<String, Queued> queued = new HashMap<>();
    private final Map<TokenQueue.Key, TokenQueue> lanes = new HashMap<>();
    /** The lanes whose first notice is due: the most urgent first, and of those the ones that failed least. */
    private final TreeSet<TokenQueue> due = new TreeSet<>(Comparator.comparing(TokenQueue::urgency)
            .thenComparingInt(lane -> lane.attempts().failures())
            .thenComparing(TokenQueue::first));
    /** The lanes whose first notice was not taken and waits. */
    private final TreeSet<TokenQueue> waiting =
            new TreeSet<>(Comparator.comparingLong(TokenQueue::until).thenComparing(TokenQueue::first));

    /**
     * A notice in its place.
     *
     * @param order when it came about, but never before what the ledger has before it: clocks are set back
     */
    record Queued(Instant order, Notification notice) implements Comparable<Queued> {
        private static final Comparator<Queued> IN_ORDER = Comparator.comparing(Queued::order)
                .thenComparingLong(
                        one -> one.notice.change().map(LedgerRecord::revision).orElse(0L))
                .thenComparing(one -> one.notice.id());

        @Override
        public int compareTo(Queued other) {
            return IN_ORDER.compare(this, other);
        }
    }

    /** Adds a notice, unless it is here. */
    void add(Instant order, Notification notice) {
        Queued added = new Queued(order, notice);
        if (queued.putIfAbsent(notice.id(), added) == null) {
            TokenQueue lane = lanes.computeIfAbsent(TokenQueue.Key.of(notice), TokenQueue::new);
            takeOut(lane);
            lane.add(added);
            putBack(lane);
        }
    }

    /** Forgets a notice, whether it was told or is no longer to be. */
    void remove(Notification notice) {
        Queued removed = queued.remove(notice.id());
        if (removed != null) {
            TokenQueue lane = lane(notice);
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
    Optional<Notification> next(long now, long pausedUntil) {
        while (!waiting.isEmpty() && waiting.first().until() <= now) {
            waitUntil(waiting.first(), TokenQueue.DUE);
        }
        return due.isEmpty() || (due.first().urgency() != TokenQueue.Urgency.ALARM && now < pausedUntil)
                ? Optional.empty()
                : Optional.of(due.first().first().notice());
    }

    /** The attempts so far to tell one that {@link #next} gave. */
    DeliveryAttempts attempts(Notification notice) {
        return lane(notice).attempts();
    }

    /** Lets one that {@link #next} gave wait. */
    void postpone(Notification notice, DeliveryAttempts attempts, long until) {
        TokenQueue lane = lane(notice);
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

    private void waitUntil(TokenQueue lane, long until) {
        takeOut(lane);
        lane.waitUntil(until);
        putBack(lane);
    }

    private TokenQueue lane(Notification notice) {
        TokenQueue lane = lanes.get(TokenQueue.Key.of(notice));
        if (lane == null) {
            throw new IllegalStateException("not in the queue: " + notice.id());
        }
        return lane;
    }

    private void takeOut(TokenQueue lane) {
        if (!lane.isEmpty()) {
            due.remove(lane);
            waiting.remove(lane);
        }
    }

    private void putBack(TokenQueue lane) {
        if (lane.isEmpty()) {
            lanes.remove(lane.key());
        } else {
            (lane.isWaiting() ? waiting : due).add(lane);
        }
    }
}
