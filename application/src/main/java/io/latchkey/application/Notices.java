package io.latchkey.application;

import io.latchkey.application.DeliveredNotices.End;
import io.latchkey.application.DeliveredNotices.Progress;
import io.latchkey.application.Notice.Kind;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What is still to be told of the tokens in a store, for one thread: what the ledger says, whoever wrote it, and the ends
 * that the clock brings, whichever came about first.
 */
final class Notices implements AutoCloseable {
    /** How long a look through all tokens is put off that only a change makes necessary. */
    static final Duration REST = Duration.ofSeconds(10);

    private static final int PAGE = 100;

    private final TokenStore store;
    private final TokenRegistry registry;
    private final DeliveredNotices delivered;
    private final Duration within;
    private final LongSupplier ticker;
    private final UUID instance;
    private final Instant since;

    private final ArrayDeque<Notice> changes = new ArrayDeque<>();
    private long read;
    private long recorded;

    private final ArrayDeque<Notice> ends = new ArrayDeque<>();
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
    Notices(
            TokenStore store,
            TokenRegistry registry,
            DeliveredNotices delivered,
            Duration within,
            Instant now,
            LongSupplier ticker) {
        this.store = store;
        this.registry = registry;
        this.delivered = delivered;
        this.within = within;
        this.ticker = ticker;
        this.instance = store.instanceId();
        this.rested = ticker.getAsLong();
        Progress progress = delivered.resume(registry.revision(), now);
        this.since = progress.since();
        this.read = progress.revision();
        this.recorded = progress.revision();
        progress.ends().forEach(end -> told.put(end.token(), end));
    }

    /** The next, if there is one. */
    Optional<Notice> next(Instant now) {
        readOn();
        look(now);
        return Stream.of(changes, ends)
                .flatMap(queue -> queue.stream().limit(1))
                .min(Comparator.comparing(Notice::at));
    }

    /** Goes on behind the next. */
    void done(Notice next) {
        if (next.change().isPresent()) {
            changes.remove();
        } else {
            ends.remove();
            End end = new End(next.token().id(), next.token().expiry().end().orElseThrow(), next.kind());
            told.put(end.token(), end);
            unrecorded.add(end);
        }
        record();
    }

    /** Makes sure that what was told is not told again, as far as that is not done. */
    void record() {
        long passed = changes.isEmpty()
                ? read
                : changes.element().change().orElseThrow().revision() - 1;
        if (passed > recorded || !unrecorded.isEmpty()) {
            delivered.record(passed, List.copyOf(unrecorded));
            recorded = passed;
            unrecorded.clear();
        }
    }

    private void readOn() {
        long newest = registry.revision();
        while (changes.isEmpty() && read < newest) {
            List<LedgerEntry> page = store.tail(read, PAGE);
            for (LedgerEntry entry : page) {
                Notice.of(entry, instance).ifPresent(changes::add);
                read = entry.revision();
            }
            if (page.isEmpty()) {
                read = newest; // somebody took them away: there is nothing to tell, now or later
            }
        }
    }

    private void look(Instant now) {
        long revision = registry.revision();
        boolean changed = revision != looked && ticker.getAsLong() - rested >= 0;
        if (!changed && now.isBefore(nextEnd)) {
            return;
        }
        looked = revision;
        rested = ticker.getAsLong() + REST.toNanos();
        nextEnd = Instant.MAX;
        List<Notice> due = new ArrayList<>();
        Map<TokenId, End> current = new HashMap<>();
        for (Token token : (Iterable<Token>) registry.ending()::iterator) {
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
                    due.add(Notice.of(Kind.EXPIRED, end, token, instance));
                }
            } else if (now.isBefore(lastDays)) {
                nextEnd = earlier(nextEnd, lastDays);
            } else {
                nextEnd = earlier(nextEnd, end);
                if (before.isEmpty()) {
                    due.add(Notice.of(Kind.EXPIRING, later(lastDays, token.createdAt()), token, instance));
                }
            }
        }
        told = current;
        ends.clear();
        due.stream()
                .sorted(Comparator.comparing(Notice::at)
                        .thenComparingLong(notice -> notice.token().id().value()))
                .forEach(ends::add);
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
