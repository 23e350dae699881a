package io.latchkey.application.notification;

import io.latchkey.application.ledger.LedgerRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The notifications to deliver: in order for each token, otherwise by due time, so that a failing one delays no other
 * token. An alarm waits only for alarms of the same token.
 *
 * <p>Not thread-safe. Times are nanoseconds of the ticker, never negative.
 */
final class DueQueue {
    private static final Comparator<TokenQueue> FEWEST_FAILURES_FIRST = Comparator.<TokenQueue>comparingInt(
                    queue -> queue.attempts().failures())
            .thenComparing(TokenQueue::first);

    private final Map<String, Queued> queued = new HashMap<>();
    private final Map<TokenQueue.Key, TokenQueue> queues = new HashMap<>();
    /** Tokens whose first notification is due: those with the fewest failures first. */
    private final Map<TokenQueue.Urgency, SortedSet<TokenQueue>> due = new EnumMap<>(TokenQueue.Urgency.class);
    /** Tokens whose first notification failed and waits for its next attempt. */
    private final TreeSet<TokenQueue> waiting =
            new TreeSet<>(Comparator.comparingLong(TokenQueue::until).thenComparing(TokenQueue::first));

    /**
     * A notification with its sort key.
     *
     * @param order its time, but not before that of an earlier ledger entry, because clocks are set back
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

    /** Adds a notification unless it is already queued. */
    void add(Instant order, Notification notice) {
        Queued added = new Queued(order, notice);
        if (queued.putIfAbsent(notice.id(), added) == null) {
            TokenQueue queue = queues.computeIfAbsent(TokenQueue.Key.of(notice), TokenQueue::new);
            takeOut(queue);
            queue.add(added);
            putBack(queue);
        }
    }

    /** Removes a notification that was delivered or is obsolete. */
    void remove(Notification notice) {
        Queued removed = queued.remove(notice.id());
        if (removed != null) {
            TokenQueue queue = queue(notice);
            takeOut(queue);
            queue.remove(removed);
            putBack(queue);
        }
    }

    /**
     * The next notification to deliver now.
     *
     * @param now current time
     * @param streak pauses between attempts, for alarms and others separately
     */
    Optional<Notification> next(long now, FailureStreak streak) {
        while (!waiting.isEmpty() && waiting.first().until() <= now) {
            waitUntil(waiting.first(), TokenQueue.DUE);
        }
        return due.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty() && !streak.isPaused(entry.getKey(), now))
                .findFirst()
                .map(entry -> entry.getValue().first().first().notice());
    }

    /** The attempts so far to deliver a notification that {@link #next} returned. */
    DeliveryAttempts attempts(Notification notice) {
        return queue(notice).attempts();
    }

    /**
     * Postpones a notification that {@link #next} returned.
     *
     * @param earliest time to which {@link #hasten} may shorten the wait
     */
    void postpone(Notification notice, DeliveryAttempts attempts, long earliest, long until) {
        TokenQueue queue = queue(notice);
        takeOut(queue);
        queue.tried(attempts);
        queue.waitAtLeastUntil(earliest);
        queue.waitUntil(until);
        putBack(queue);
    }

    /** Shortens the waits that end later than the given time, of notifications that first failed after another time. */
    void hasten(long failedAfter, long until) {
        List<TokenQueue> hastened = waiting.descendingSet().stream()
                .takeWhile(queue -> queue.until() > until)
                .filter(queue -> queue.attempts().since() > failedAfter)
                .toList();
        hastened.forEach(queue -> waitUntil(queue, Math.max(until, queue.earliest())));
    }

    private void waitUntil(TokenQueue queue, long until) {
        takeOut(queue);
        queue.waitUntil(until);
        putBack(queue);
    }

    private TokenQueue queue(Notification notice) {
        TokenQueue queue = queues.get(TokenQueue.Key.of(notice));
        if (queue == null) {
            throw new IllegalStateException("not in the queue: " + notice.id());
        }
        return queue;
    }

    private void takeOut(TokenQueue queue) {
        if (!queue.isEmpty()) {
            dueLike(queue).remove(queue);
            waiting.remove(queue);
        }
    }

    private void putBack(TokenQueue queue) {
        if (queue.isEmpty()) {
            queues.remove(queue.key());
        } else {
            (queue.isWaiting() ? waiting : dueLike(queue)).add(queue);
        }
    }

    private SortedSet<TokenQueue> dueLike(TokenQueue queue) {
        return due.computeIfAbsent(queue.urgency(), _ -> new TreeSet<>(FEWEST_FAILURES_FIRST));
    }
}
