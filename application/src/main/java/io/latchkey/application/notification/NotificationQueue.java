package io.latchkey.application.notification;

import io.latchkey.application.notification.DeliveryProgress.Changes;
import io.latchkey.application.notification.DeliveryProgress.End;
import io.latchkey.application.notification.DeliveryProgress.Progress;
import io.latchkey.application.notification.Notification.Kind;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Queue of notifications that are still to be delivered, ordered by time: ledger entries written by any process, and
 * expiries found by the clock. Not thread-safe.
 */
public final class NotificationQueue implements AutoCloseable {
    /** Maximum number of queued notifications, and of queued alarms; the others wait in the ledger. */
    public static final int MOST = 1_000;

    /** How long a search of all tokens for expiries is delayed if only a change makes it necessary. */
    public static final Duration REST = Duration.ofSeconds(10);

    private final TokenFeed tokens;
    private final DeliveryProgress delivered;
    private final Duration within;
    private final LongSupplier ticker;
    private final UUID instance;
    private final Instant since;
    private final DueQueue queue = new DueQueue();
    private final LedgerNotifications changes;

    private final Map<String, Notification> ends = new HashMap<>();
    private final List<End> unrecorded = new ArrayList<>();
    private Map<TokenId, End> deliveredEnds = new HashMap<>();
    private long looked = -1;
    private long rested;
    private Instant nextEnd = Instant.MIN;

    /**
     * A queue that continues at the saved progress.
     *
     * @param within how long before its expiry a token counts as expiring
     * @param now start time, if no progress is saved
     */
    public NotificationQueue(
            TokenFeed tokens, DeliveryProgress delivered, Duration within, Instant now, LongSupplier ticker) {
        this.tokens = tokens;
        this.delivered = delivered;
        this.within = within;
        this.ticker = ticker;
        this.instance = tokens.instanceId();
        this.rested = ticker.getAsLong();
        Progress progress = delivered.resume(tokens.revision(), now);
        this.since = progress.since();
        this.changes = new LedgerNotifications(tokens, queue, progress.changes());
        progress.ends().forEach(end -> deliveredEnds.put(end.token(), end));
    }

    /** The notifications that are due now, as many as fit. */
    DueQueue upTo(Instant now) {
        changes.readOn(tokens.revision());
        look(now);
        return queue;
    }

    /** The queue as of the last call of {@link #upTo}. */
    DueQueue queue() {
        return queue;
    }

    /** Marks a notification as delivered or given up. */
    void done(Notification notice) {
        queue.remove(notice);
        if (notice.change().isPresent()) {
            changes.done(notice);
        } else {
            ends.remove(notice.id());
            End end = new End(notice.token().id(), notice.token().expiry().end().orElseThrow(), notice.kind());
            deliveredEnds.put(end.token(), end);
            unrecorded.add(end);
        }
        record();
    }

    /** Saves the progress if it changed, so that nothing is delivered twice after a restart. */
    void record() {
        Optional<Changes> progress = changes.unrecorded();
        if (progress.isPresent() || !unrecorded.isEmpty()) {
            Changes now = progress.orElse(changes.recorded());
            delivered.record(now, List.copyOf(unrecorded));
            changes.recorded(now);
            unrecorded.clear();
        }
    }

    private void look(Instant now) {
        long revision = tokens.revision();
        boolean changed = revision != looked && ticker.getAsLong() - rested >= 0;
        if (!changed && now.isBefore(nextEnd)) {
            return;
        }
        looked = revision;
        rested = ticker.getAsLong() + REST.toNanos();
        nextEnd = Instant.MAX;
        List<Notification> due = new ArrayList<>();
        Map<TokenId, End> current = new HashMap<>();
        for (Token token : (Iterable<Token>) tokens.ending()::iterator) {
            Instant end = token.expiry().end().orElseThrow();
            Optional<Kind> before = Optional.ofNullable(deliveredEnds.get(token.id()))
                    .filter(one -> one.at().equals(end))
                    .map(one -> {
                        current.put(one.token(), one);
                        return one.kind();
                    });
            Instant lastDays = end.minus(token.expiry().lastDays(within, token.createdAt()));
            if (!now.isBefore(end)) {
                if (end.isAfter(since) && !before.equals(Optional.of(Kind.EXPIRED))) {
                    due.add(Notification.of(Kind.EXPIRED, end, token, instance));
                }
            } else if (now.isBefore(lastDays)) {
                nextEnd = earlier(nextEnd, lastDays);
            } else {
                nextEnd = earlier(nextEnd, end);
                if (before.isEmpty()) {
                    due.add(Notification.of(Kind.EXPIRING, later(lastDays, token.createdAt()), token, instance));
                }
            }
        }
        deliveredEnds = current;
        expect(due);
    }

    /** Queues the expiries that are due and removes those that no longer apply. */
    private void expect(List<Notification> due) {
        Set<String> ids = due.stream().map(Notification::id).collect(Collectors.toSet());
        ends.values().stream().filter(end -> !ids.contains(end.id())).forEach(queue::remove);
        ends.keySet().retainAll(ids);
        for (Notification end : due) {
            ends.put(end.id(), end);
            queue.add(end.at(), end);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Whether this process may deliver now; see {@link DeliveryProgress#turn}. */
    DeliveryProgress.Turn turn() {
        return delivered.turn();
    }

    @Override
    public void close() {
        delivered.close();
    }
}
