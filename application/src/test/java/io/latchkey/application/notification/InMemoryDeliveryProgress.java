package io.latchkey.application.notification;

import static java.util.stream.Collectors.toSet;

import io.latchkey.application.TokenStore;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Delivery progress in memory, for tests. */
public final class InMemoryDeliveryProgress implements DeliveryProgress {
    private final Saved saved;

    /** What all processes with the same store share. */
    private static final class Saved {
        final TokenStore store;
        final TreeMap<Long, End> ends = new TreeMap<>();
        Optional<Instant> since = Optional.empty();
        Changes changes = new Changes(0, 0, new TreeSet<>());
        Optional<DeliveryProgress> turn = Optional.empty();

        Saved(TokenStore store) {
            this.store = store;
        }
    }

    public InMemoryDeliveryProgress(TokenStore store) {
        this(new Saved(store));
    }

    private InMemoryDeliveryProgress(Saved saved) {
        this.saved = saved;
    }

    /** The same, as another process would open it. */
    public InMemoryDeliveryProgress another() {
        return new InMemoryDeliveryProgress(saved);
    }

    /** Ends the turn of any process, as time does. */
    public void endTurn() {
        synchronized (saved) {
            saved.turn = Optional.empty();
        }
    }

    @Override
    public Turn turn() {
        synchronized (saved) {
            if (saved.turn.isEmpty()) {
                saved.turn = Optional.of(this);
                return Turn.TAKEN_OVER;
            }
            return isMine() ? Turn.MINE : Turn.OF_ANOTHER;
        }
    }

    private boolean isMine() {
        return saved.turn.filter(holder -> holder == this).isPresent();
    }

    @Override
    public Progress resume(long first, Instant now) {
        synchronized (saved) {
            if (saved.since.isEmpty()) {
                saved.since = Optional.of(now);
                saved.changes = new Changes(first, first, new TreeSet<>());
            }
            Set<Long> present = saved.store.snapshot().tokens().stream()
                    .map(Token::id)
                    .map(TokenId::value)
                    .collect(toSet());
            saved.ends.keySet().retainAll(present);
            return new Progress(saved.changes, saved.since.get(), List.copyOf(saved.ends.values()));
        }
    }

    @Override
    public void record(Changes now, List<End> told) {
        synchronized (saved) {
            saved.store.revision(); // fails with the store
            if (saved.turn.isPresent() && !isMine()) {
                return;
            }
            if (now.revision() >= saved.changes.revision() && now.alarms() >= saved.changes.alarms()) {
                saved.changes = now;
            }
            told.forEach(end -> saved.ends.put(end.token().value(), end));
        }
    }

    @Override
    public void close() {
        synchronized (saved) {
            if (isMine()) {
                saved.turn = Optional.empty();
            }
        }
    }
}
