package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A process that uses a store as an authority does, in steps between which others may do something. */
public final class SteppedProcess {
    private final TokenStore store;
    private final InstantSource clock;
    private final TokenRegistry registry;
    private Optional<Lockstep> poll = Optional.empty();
    private Optional<Lockstep> following = Optional.empty();
    private Optional<LedgerEntry> written = Optional.empty();

    /** A process that has read all tokens. */
    public SteppedProcess(TokenStore store, InstantSource clock, LongSupplier ticker) {
        this.store = store;
        this.clock = clock;
        this.registry = new TokenRegistry(new PausingStore(store), clock, ticker, new BackgroundFailures());
        registry.load();
    }

    /** Sends the question for the newest entry. */
    public void ask() {
        poll = Optional.of(Lockstep.begin(registry::poll));
    }

    /** Lets the store answer it. */
    public void see() {
        poll.orElseThrow().next();
    }

    /** Reads what is missing, and takes the lease. */
    public void catchUp() {
        poll.orElseThrow().end();
    }

    /** Decides a change and records it, as {@link LocalAccess#make} begins. */
    public void commit(Change change, Actor actor) {
        written = Optional.of(store.append(tokens -> change.decide(tokens, actor, clock.instant())));
    }

    /** Takes its own entry into memory. */
    public void takeIn() {
        LedgerEntry entry = written.orElseThrow();
        following = Optional.of(Lockstep.begin(() -> registry.follow(entry)));
    }

    /** Takes in the entries before it, after which the client is answered. */
    public void answer() {
        following.orElseThrow().end();
    }

    /** What it answers about a secret. */
    public Verdict verdict(TokenDigest digest) {
        return registry.verdict(digest);
    }

    /** The revision up to which it has taken in all entries. */
    public long applied() {
        return registry.revision();
    }

    /** Ends it wherever it is. */
    public void kill() {
        poll.ifPresent(Lockstep::abandon);
        following.ifPresent(Lockstep::abandon);
    }

    /** The same store, with a pause before and after the question for the newest entry, and before entries are read. */
    private static final class PausingStore extends DelegatingStore {
        PausingStore(TokenStore store) {
            super(store);
        }

        @Override
        public List<LedgerEntry> tail(long revision, int count) {
            Lockstep.pause();
            return super.tail(revision, count);
        }

        @Override
        public LedgerWatch watch() {
            return new Watch(store.watch()) {
                @Override
                public long awaitRevision(long after, Duration atMost) {
                    Lockstep.pause();
                    long newest = super.awaitRevision(after, atMost);
                    Lockstep.pause();
                    return newest;
                }
            };
        }
    }
}
