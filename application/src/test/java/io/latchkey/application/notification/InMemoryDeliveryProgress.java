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
    private final TokenStore store;
    private final TreeMap<Long, End> ends = new TreeMap<>();
    private Optional<Instant> since = Optional.empty();
    private Changes changes = new Changes(0, 0, new TreeSet<>());

    public InMemoryDeliveryProgress(TokenStore store) {
        this.store = store;
    }

    @Override
    public synchronized Progress resume(long first, Instant now) {
        if (since.isEmpty()) {
            since = Optional.of(now);
            changes = new Changes(first, first, new TreeSet<>());
        }
        Set<Long> present = store.snapshot().tokens().stream()
                .map(Token::id)
                .map(TokenId::value)
                .collect(toSet());
        ends.keySet().retainAll(present);
        return new Progress(changes, since.get(), List.copyOf(ends.values()));
    }

    @Override
    public synchronized void record(Changes now, List<End> told) {
        store.revision(); // fails with the store
        if (now.revision() >= changes.revision() && now.alarms() >= changes.alarms()) {
            changes = now;
        }
        told.forEach(end -> ends.put(end.token().value(), end));
    }

    @Override
    public void close() {}
}
