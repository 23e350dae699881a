package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.ledger.LedgerHead;
import io.latchkey.application.usage.HourUse;
import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** A store to which a test lets happen what it wants, around the calls that it overrides. */
class DelegatingStore implements TokenStore {
    final TokenStore store;

    DelegatingStore(TokenStore store) {
        this.store = store;
    }

    @Override
    public List<LedgerEntry> appendAll(List<Function<Tokens, TokenEvent>> decisions) {
        return store.appendAll(decisions);
    }

    @Override
    public List<LedgerEntry> tail(long revision) {
        return store.tail(revision);
    }

    @Override
    public List<LedgerEntry> tail(long revision, int count) {
        return store.tail(revision, count);
    }

    @Override
    public List<LedgerEntry> history(TokenId token, long revision, int count) {
        return store.history(token, revision, count);
    }

    @Override
    public List<Token> page(TokenId from, int count) {
        return store.page(from, count);
    }

    @Override
    public Snapshot snapshot() {
        return store.snapshot();
    }

    @Override
    public Optional<Token> find(TokenName name) {
        return store.find(name);
    }

    @Override
    public long revision() {
        return store.revision();
    }

    @Override
    public LedgerWatch watch() {
        return new Watch(store.watch());
    }

    @Override
    public LedgerCheck check(Optional<LedgerHead> expected) {
        return store.check(expected);
    }

    @Override
    public StoreBackup backUp() {
        return store.backUp();
    }

    @Override
    public void recordUses(List<TokenUse> uses) {
        store.recordUses(uses);
    }

    @Override
    public List<TokenUse> uses() {
        return store.uses();
    }

    @Override
    public List<TokenUse> uses(TokenId first, TokenId last) {
        return store.uses(first, last);
    }

    @Override
    public List<TokenUse> uses(Collection<TokenId> tokens) {
        return store.uses(tokens);
    }

    @Override
    public void addToUseHistory(List<HourUse> uses) {
        store.addToUseHistory(uses);
    }

    @Override
    public Map<TokenId, List<PeriodUse>> useHistory(
            UsePeriod period, Collection<TokenId> tokens, Instant from, Instant until) {
        return store.useHistory(period, tokens, from, until);
    }

    @Override
    public long size() {
        return store.size();
    }

    @Override
    public UUID instanceId() {
        return store.instanceId();
    }

    @Override
    public void close() {
        store.close();
    }

    /** The same for the watch of one. */
    static class Watch implements LedgerWatch {
        private final LedgerWatch watch;

        Watch(LedgerWatch watch) {
            this.watch = watch;
        }

        @Override
        public long awaitRevision(long after, Duration atMost) {
            return watch.awaitRevision(after, atMost);
        }

        @Override
        public List<LedgerEntry> tail(long revision, int count) {
            return watch.tail(revision, count);
        }

        @Override
        public List<LedgerEntry> changes(long after, long upTo, int count) {
            return watch.changes(after, upTo, count);
        }

        @Override
        public Map<TokenId, Long> changed(long after, long upTo) {
            return watch.changed(after, upTo);
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
