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
 * What is still to be told of the tokens in a store, for one thread: what the ledger says, whoever wrote it, and the ends
 * that the clock brings.
 */
public final class NotificationQueue implements AutoCloseable {
    /** How many notifications are in memory while others wait in the ledger; and as many alarms. */
    public static final int MOST = 1_000;

    /** How long a look through all tokens is put off that only a change makes necessary. */
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
    private Map<TokenId, End> told = new HashMap<>();
    private long looked = -1;
    private long rested;
    private Instant nextEnd = Instant.MIN;

    /**
     * What is to be told from where it was left.
     *
     * @param within how long the last days of a token are
     * @param now when it begins, if nothing was ever told
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
        progress.ends().forEach(end -> told.put(end.token(), end));
    }

    /** All that is to be told now, as far as there is room for it. */
    DueQueue upTo(Instant now) {
        changes.readOn(tokens.revision());
        look(now);
        return queue;
    }

    /** What is to be told, as it was when that was last asked. */
    DueQueue queue() {
        return queue;
    }

    /** Goes on behind one that was told, or is given up. */
    void done(Notification notice) {
        queue.remove(notice);
        if (notice.change().isPresent()) {
            changes.done(notice);
        } else {
            ends.remove(notice.id());
            End end = new End(notice.token().id(), notice.token().expiry().end().orElseThrow(), notice.kind());
            told.put(end.token(), end);
            unrecorded.add(end);
        }
        record();
    }

    /** Makes sure that what was told is not told again, as far as that is not done. */
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
            Optional<Kind> before = Optional.ofNullable(told.get(token.id()))
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
        told = current;
        expect(due);
    }

    /** Puts the ends that are due in the queue, and takes those out that are due no longer. */
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

    @Override
    public void close() {
        delivered.close();
    }
}
