package io.latchkey.application;

import static java.util.stream.Collectors.toMap;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.ledger.LedgerHead;
import io.latchkey.application.node.Nodes;
import io.latchkey.application.usage.HourUse;
import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** A store that forgets everything when the process ends; can be made to fail. */
public final class InMemoryTokenStore implements TokenStore {
    private final UUID instanceId;
    private final TreeMap<Long, Token> tokens = new TreeMap<>();
    private final Map<TokenName, Token> byName = new HashMap<>();
    private final Map<TokenDigest, Token> byDigest = new HashMap<>();
    private final TreeMap<Long, TreeMap<Integer, TokenUse>> uses = new TreeMap<>();
    private final InMemoryHistory history = new InMemoryHistory();
    private final List<LedgerEntry> ledger = new ArrayList<>();
    private final View view = new View();
    private final List<FakeCopy> copies = new ArrayList<>();
    private TokenId nextId = TokenId.FIRST;
    private Runnable first = () -> {};
    private Optional<Nodes> nodes = Optional.empty();
    private boolean broken;
    private boolean forged;
    private int lengthOfCopies;

    public InMemoryTokenStore() {
        this(UUID.randomUUID());
    }

    private InMemoryTokenStore(UUID instanceId) {
        this.instanceId = instanceId;
    }

    /** From now on nothing can be read or written. */
    public synchronized void breakDown() {
        broken = true;
    }

    /** From now on there are nodes that share this store. */
    public synchronized void share(Nodes between) {
        nodes = Optional.of(between);
    }

    @Override
    public synchronized Optional<Nodes> nodes() {
        return nodes;
    }

    /** From now on everything works again. */
    public synchronized void repair() {
        broken = false;
    }

    /** Does something before the next change, which does not know of it. */
    public synchronized void beforeNextChange(Runnable act) {
        first = act;
    }

    /** From now on the ledger is not as it was written, and so no copy is given. */
    public synchronized void forge() {
        forged = true;
    }

    /** From now on a copy takes so many bytes. */
    public synchronized void makeCopiesAsLongAs(int bytes) {
        lengthOfCopies = bytes;
    }

    /** All copies that were asked for, the first one first. */
    public synchronized List<FakeCopy> copies() {
        return List.copyOf(copies);
    }

    /** The store that a copy is of. */
    public synchronized InMemoryTokenStore of(byte[] copy) {
        return copies.stream()
                .filter(one -> Arrays.equals(one.bytes(), copy))
                .findFirst()
                .orElseThrow()
                .store();
    }

    @Override
    public synchronized StoreBackup backUp() {
        checkWorks();
        if (forged) {
            throw new TokenFailure.LedgerBroken();
        }
        InMemoryTokenStore now = new InMemoryTokenStore(instanceId);
        ledger.forEach(entry -> now.record(entry.event()));
        FakeCopy copy = new FakeCopy(now, "copy " + (copies.size() + 1) + "\n", lengthOfCopies);
        copies.add(copy);
        return new StoreBackup(copy.bytes().length, copy);
    }

    @Override
    public synchronized List<LedgerEntry> appendAll(List<Function<Tokens, TokenEvent>> decisions) {
        checkWorks();
        Runnable act = first;
        first = () -> {};
        act.run();
        int length = ledger.size();
        try {
            decisions.forEach(decision -> record(decision.apply(view)));
            notifyAll();
        } catch (RuntimeException e) {
            keep(length);
            throw e;
        }
        return List.copyOf(ledger.subList(length, ledger.size()));
    }

    /** All is again as it was at an older revision, as if a copy had been put in its place. */
    public synchronized void rewind(long revision) {
        keep((int) revision);
    }

    private void keep(int length) {
        List<LedgerEntry> kept = List.copyOf(ledger.subList(0, length));
        tokens.clear();
        byName.clear();
        byDigest.clear();
        ledger.clear();
        nextId = TokenId.FIRST;
        kept.forEach(entry -> record(entry.event()));
    }

    private void record(TokenEvent event) {
        event.before().ifPresent(token -> {
            tokens.remove(token.id().value());
            byName.remove(token.name());
            token.secrets().digests().forEach(byDigest::remove);
        });
        event.after().ifPresent(token -> {
            tokens.put(token.id().value(), token);
            byName.put(token.name(), token);
            token.secrets().digests().forEach(digest -> byDigest.put(digest, token));
        });
        if (event.tokenId().value() >= nextId.value()) {
            nextId = event.tokenId().next();
        }
        ledger.add(new LedgerEntry(ledger.size() + 1, event));
    }

    @Override
    public synchronized void recordUses(List<TokenUse> added) {
        checkWorks();
        for (TokenUse use : added) {
            if (tokens.containsKey(use.token().value())) {
                uses.computeIfAbsent(use.token().value(), _ -> new TreeMap<>())
                        .merge(use.generation(), use, TokenUse::and);
            }
        }
    }

    @Override
    public synchronized List<TokenUse> uses() {
        checkWorks();
        uses.keySet().retainAll(tokens.keySet());
        return uses.values().stream().flatMap(of -> of.values().stream()).toList();
    }

    @Override
    public List<TokenUse> uses(TokenId first, TokenId last) {
        return uses().stream()
                .filter(use ->
                        use.token().value() >= first.value() && use.token().value() <= last.value())
                .toList();
    }

    @Override
    public List<TokenUse> uses(Collection<TokenId> some) {
        return uses().stream().filter(use -> some.contains(use.token())).toList();
    }

    @Override
    public synchronized void addToUseHistory(List<HourUse> added) {
        checkWorks();
        history.add(added.stream()
                .filter(use -> tokens.containsKey(use.token().value()))
                .toList());
    }

    @Override
    public synchronized Map<TokenId, List<PeriodUse>> useHistory(
            UsePeriod period, Collection<TokenId> of, Instant from, Instant until) {
        checkWorks();
        return history.of(
                period, of.stream().filter(id -> tokens.containsKey(id.value())).toList(), from, until);
    }

    @Override
    public synchronized List<LedgerEntry> tail(long revision) {
        checkWorks();
        return List.copyOf(ledger.subList((int) Math.min(revision, ledger.size()), ledger.size()));
    }

    @Override
    public List<LedgerEntry> tail(long revision, int count) {
        return tail(revision).stream().limit(count).toList();
    }

    @Override
    public List<LedgerEntry> history(TokenId token, long revision, int count) {
        return tail(revision).stream()
                .filter(entry -> entry.event().tokenId().equals(token))
                .limit(count)
                .toList();
    }

    @Override
    public synchronized Snapshot snapshot() {
        checkWorks();
        return new Snapshot(ledger.size(), List.copyOf(tokens.values()));
    }

    @Override
    public synchronized List<Token> page(TokenId from, int count) {
        checkWorks();
        return tokens.tailMap(from.value()).values().stream().limit(count).toList();
    }

    @Override
    public synchronized Optional<Token> find(TokenName name) {
        checkWorks();
        return view.find(name);
    }

    @Override
    public synchronized long revision() {
        checkWorks();
        return ledger.size();
    }

    private synchronized long awaitRevision(long after, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            for (long left = atMost.toNanos(); left > 0 && revision() <= after; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return revision();
    }

    @Override
    public LedgerWatch watch() {
        return new Watch();
    }

    /** Nobody can get at it. */
    @Override
    public synchronized LedgerCheck check(Optional<LedgerHead> expected) {
        LedgerHead head = new LedgerHead("%064x".formatted(ledger.size()));
        return expected.filter(known -> !known.equals(head)).isPresent()
                ? new LedgerCheck.Truncated(ledger.size())
                : new LedgerCheck.Whole(ledger.size(), head);
    }

    @Override
    public long size() {
        return 0;
    }

    @Override
    public UUID instanceId() {
        return instanceId;
    }

    @Override
    public void close() {}

    private void checkWorks() {
        if (broken) {
            throw new AuthorityUnavailable("the store was made to fail");
        }
    }

    private final class Watch implements LedgerWatch {
        @Override
        public long awaitRevision(long after, Duration atMost) {
            return InMemoryTokenStore.this.awaitRevision(after, atMost);
        }

        @Override
        public List<LedgerEntry> tail(long revision, int count) {
            return InMemoryTokenStore.this.tail(revision, count);
        }

        private Stream<LedgerEntry> changes(long after, long upTo) {
            return InMemoryTokenStore.this.tail(after).stream()
                    .takeWhile(entry -> entry.revision() <= upTo)
                    .filter(entry -> entry.event().before().isPresent());
        }

        @Override
        public List<LedgerEntry> changes(long after, long upTo, int count) {
            return changes(after, upTo).limit(count).toList();
        }

        @Override
        public Map<TokenId, Long> changed(long after, long upTo) {
            return changes(after, upTo)
                    .collect(toMap(entry -> entry.event().tokenId(), LedgerEntry::revision, Math::max));
        }

        @Override
        public void close() {}
    }

    private final class View implements Tokens {
        @Override
        public boolean isEmpty() {
            return tokens.isEmpty();
        }

        @Override
        public TokenId nextId() {
            return nextId;
        }

        @Override
        public Optional<Token> find(TokenName name) {
            return Optional.ofNullable(byName.get(name));
        }

        @Override
        public Optional<Token> find(TokenDigest digest) {
            return Optional.ofNullable(byDigest.get(digest));
        }
    }
}
