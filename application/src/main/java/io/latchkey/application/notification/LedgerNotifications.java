package io.latchkey.application.notification;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.notification.DeliveryProgress.Changes;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Reads notifications from the ledger as the queue has room, and tracks which were delivered. Alarms are read ahead of
 * all other entries, so that nothing delays them.
 */
final class LedgerNotifications {
    private static final int PAGE = 100;

    private final TokenFeed tokens;
    private final DueQueue queue;
    private final UUID instance;
    /** The queued notifications by revision. */
    private final NavigableMap<Long, Notification> open = new TreeMap<>();

    private Changes recorded;
    private long read;
    private long alarmsRead;
    private long delivered;
    private long alarmsDelivered;
    private int alarms;
    private Instant latest = Instant.MIN;

    LedgerNotifications(TokenFeed tokens, DueQueue queue, Changes from) {
        this.tokens = tokens;
        this.queue = queue;
        this.instance = tokens.instanceId();
        this.recorded = from;
        this.read = from.revision();
        this.delivered = from.revision();
        this.alarmsRead = from.alarms();
        this.alarmsDelivered = from.alarms();
        for (long owed : from.owed()) {
            tokens.tail(owed - 1, 1).stream()
                    .filter(entry -> entry.revision() == owed)
                    .forEach(this::take);
        }
    }

    /** Reads entries up to a revision while there is room. */
    void readOn(long newest) {
        while (read < newest && open.size() - alarms < NotificationQueue.MOST) {
            List<LedgerEntry> page = tokens.tail(read, PAGE);
            for (LedgerEntry entry : page) {
                if (!isAlarm(entry) || entry.revision() > alarmsRead) {
                    take(entry);
                }
            }
            read = page.isEmpty() ? newest : page.getLast().revision();
        }
        alarmsRead = Math.max(alarmsRead, read);
        while (alarmsRead < newest && alarms < NotificationQueue.MOST) {
            List<LedgerEntry> page = tokens.tail(alarmsRead, PAGE);
            page.stream().filter(LedgerNotifications::isAlarm).forEach(this::take);
            alarmsRead = page.isEmpty() ? newest : page.getLast().revision();
        }
    }

    private static boolean isAlarm(LedgerEntry entry) {
        return Notification.kind(entry.event()).equals(Optional.of(Notification.Kind.ALARM));
    }

    private void take(LedgerEntry entry) {
        Notification.of(entry, instance).ifPresent(notice -> {
            open.put(entry.revision(), notice);
            if (isAlarm(notice)) {
                alarms++;
                queue.add(notice.at(), notice);
            } else {
                latest = notice.at().isAfter(latest) ? notice.at() : latest;
                queue.add(latest, notice);
            }
        });
    }

    private static boolean isAlarm(Notification notice) {
        return notice.kind() == Notification.Kind.ALARM;
    }

    /** Marks a notification as delivered or given up. */
    void done(Notification notice) {
        long revision = notice.change().orElseThrow().revision();
        open.remove(revision);
        if (isAlarm(notice)) {
            alarms--;
            alarmsDelivered = Math.max(alarmsDelivered, revision);
        }
        if (revision <= read) {
            delivered = Math.max(delivered, revision);
        }
    }

    /** The progress, if it changed since it was last saved. */
    Optional<Changes> unrecorded() {
        // Every entry before the first open one was delivered or needs no notification.
        long passed = Math.max(delivered, open.isEmpty() ? read : Math.min(read, open.firstKey() - 1));
        long alarmsPassed = Math.max(passed, alarmsDelivered);
        TreeSet<Long> owed = new TreeSet<>(open.headMap(passed, true).keySet());
        open.subMap(passed, false, alarmsPassed, true).forEach((revision, notice) -> {
            if (isAlarm(notice)) {
                owed.add(revision);
            }
        });
        Changes now = new Changes(passed, alarmsPassed, owed);
        return now.equals(recorded) ? Optional.empty() : Optional.of(now);
    }

    Changes recorded() {
        return recorded;
    }

    /** Notes that this progress was saved. */
    void recorded(Changes now) {
        recorded = now;
    }
}
