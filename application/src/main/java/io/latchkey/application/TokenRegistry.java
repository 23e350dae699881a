package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.Verdict;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Every token in memory, by the digest of its secret: the one read path.
 *
 * <p>Loaded from the store once and brought up to date from the ledger after: by this process before it answers, by
 * others within the poll interval of a watching thread, which shares neither a lock nor a connection with those who read.
 *
 * <p>Each answer of the store about its newest entry is a lease of {@link #STALE_AFTER}, counted from when the
 * question was sent. A verdict holds if one lease covers all of it: it is read before the secret is looked up and
 * compared with the time after, so that whatever stops this process in between (a full collection, SIGSTOP, a frozen
 * container) ends the lease. What stops it later only delays an answer that was right when it was given. The time is
 * that of {@link System#nanoTime}, which stands still while the whole machine is suspended, as do all who can write the
 * file.
 */
final class TokenRegistry implements AutoCloseable {
    static final Duration STALE_AFTER = Duration.ofSeconds(1);

    private final TokenStore store;
    private final LedgerWatch ledger;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final BackgroundFailures failures;
    private final TokenUses uses;
    private final Object applying = new Object();
    private final CatchUp catchUp;

    // Written by who is folding. Read in this order by a verdict: what is read later is as new as the lease.
    private volatile long leaseEnd;
    private volatile PendingEntries backlog = PendingEntries.NONE;
    private volatile TokenIndex tokens = new TokenIndex(new TokenStore.Snapshot(0, List.of()));

    private volatile boolean loaded;
    /** The newest entry of this process' own that could not be folded: no lease until it was seen. Guarded by folding. */
    private long promised;

    private volatile boolean closed;

    /** Whether a verdict is also a use of the token. */
    private enum Purpose {
        USE,
        ASSESSMENT
    }

    /**
     * An empty registry, blind until {@link #load()}.
     *
     * @param ticker nanoseconds that only ever advance, unlike the clock, which an administrator may set back
     */
    TokenRegistry(TokenStore store, InstantSource clock, LongSupplier ticker, BackgroundFailures failures) {
        this.store = store;
        this.ledger = store.watch();
        this.catchUp = new CatchUp(ledger, applying);
        this.uses = new TokenUses(store, failures);
        this.clock = clock;
        this.ticker = ticker;
        this.failures = failures;
        this.leaseEnd = ticker.getAsLong();
    }

    /** Whether the store has not been seen for too long, or never. */
    boolean isStale() {
        return isOver(leaseEnd);
    }

    private boolean isOver(long lease) {
        return ticker.getAsLong() - lease >= 0;
    }

    /** Whether there is known to be an operator token, which then never ends; false if nothing was loaded. */
    boolean hasOperator() {
        return tokens.hasOperator();
    }

    /** Whether no token is known; true if nothing was loaded. */
    boolean isEmpty() {
        return tokens.isEmpty();
    }

    /** The verdict on the secret with a digest. */
    Verdict verdict(TokenDigest digest) {
        return judge(digest, Purpose.ASSESSMENT, CachedVerdict.NOWHERE);
    }

    /** The same, and a note that it was used if it was accepted. */
    Verdict use(TokenDigest digest, InetAddress from) {
        return judge(digest, Purpose.USE, from);
    }

    private Verdict judge(TokenDigest digest, Purpose purpose, InetAddress from) {
        while (true) {
            long lease = leaseEnd;
            PendingEntries late = backlog;
            CachedVerdict one = tokens.bySecret().get(digest);
            long now = one == null ? Long.MAX_VALUE : clock.millis();
            if (isOver(lease)) {
                if (lease == leaseEnd) {
                    return Verdict.Unavailable.STALE;
                }
                continue; // it was stopped for that long, and the store has been seen since
            }
            if (late != PendingEntries.NONE) {
                if (one == null || late.isMarked(one.token().id())) {
                    return Verdict.Unavailable.STALE;
                }
                if (tokens.bySecret().get(digest) != one) {
                    continue; // it was marked until a moment ago
                }
            }
            if (one == null) {
                return Verdict.Refused.UNKNOWN;
            }
            if (now >= one.endMillis()) {
                return one.token().refusal(digest, now);
            }
            if (purpose == Purpose.USE && one.use(now, from)) {
                uses.begin(one);
            }
            return one.verdict();
        }
    }

    /**
     * The live token whose secret has this digest.
     *
     * @throws TokenFailure.Unauthenticated if there is none
     */
    Verdict.Accepted authenticated(TokenDigest digest) {
        return switch (verdict(digest)) {
            case Verdict.Accepted accepted -> accepted;
            case Verdict.Refused _ -> throw new TokenFailure.Unauthenticated();
            case Verdict.Unavailable _ ->
                throw new AuthorityUnavailable("it cannot be said whether the token is valid: try again");
        };
    }

    /** What is counted of all that is known, as of the last poll. */
    TokenStatistics census() {
        TokenIndex current = tokens;
        return TokenStatistics.of(current.revision(), current.tally().counts(), clock.instant());
    }

    /** The revision up to which everything is known. */
    long revision() {
        return tokens.revision();
    }

    /** The tokens that have an end, which may have come. */
    Stream<Token> ending() {
        return tokens.ending();
    }

    /** Takes in all that the store holds. */
    void load() {
        synchronized (applying) {
            long asked = ticker.getAsLong();
            tokens = new TokenIndex(store.snapshot());
            backlog = PendingEntries.NONE;
            catchUp.restart();
            loaded = true;
            seen(asked, tokens.revision());
        }
    }

    /**
     * Looks for changes by others until closed: every {@link PollingInterval#BUSY}, or {@link PollingInterval#IDLE} while nobody asks.
     *
     * @param asked how many verdicts were asked for so far
     */
    void watch(LongSupplier asked) {
        Thread.ofPlatform().daemon().name("latchkey-ledger-watch").start(() -> {
            PollingInterval pace = new PollingInterval(asked, ticker);
            boolean failing = false;
            boolean rehearsed = false;
            while (!closed) {
                try {
                    if (!rehearsed) {
                        warmUp();
                        rehearsed = true;
                    }
                    poll();
                    failing = false;
                } catch (RuntimeException e) {
                    failures.note(BackgroundFailures.Work.LEDGER_WATCH);
                    if (!failing && !closed) {
                        log().log(Level.ERROR, "the ledger cannot be read; verdicts stop until it can", e);
                    }
                    failing = true;
                }
                if (failing || backlog == PendingEntries.NONE) {
                    LockSupport.parkNanos(pace.next().toNanos());
                }
            }
        });
    }

    /** Reads the newest entry once more, so that the first change by others need not wait for classes to be loaded. */
    private void warmUp() {
        long before = Math.max(0, revision() - 1);
        var _ = ledger.tail(before, 1);
        var _ = ledger.changes(before, before + 1, 1);
    }

    /** Takes in what others have changed since the last look, or a slice of it. */
    void poll() {
        long asked = ticker.getAsLong();
        long known = revision();
        long newest = ledger.revision();
        if (newest < known) {
            startAnew("the ledger has lost its newest entries");
        } else if (newest > known) {
            try {
                backlog = catchUp.step(tokens, newest, backlog);
            } catch (CatchUp.Gap e) {
                startAnew(String.valueOf(e.getMessage()));
            }
        }
        synchronized (applying) {
            seen(asked, newest);
        }
    }

    /** As a restart would: what the entries that are missing have changed, only the tokens themselves can tell. */
    private void startAnew(String reason) {
        log().log(Level.ERROR, reason + "; all tokens are read again: look at the file with latchkey verify ledger");
        load();
    }

    private void seen(long asked, long newest) {
        tokens.tally().show(clock.millis());
        if (newest >= promised) {
            leaseEnd = asked + STALE_AFTER.toNanos();
        }
    }

    /** Takes in an entry that this process has just recorded. */
    void follow(LedgerEntry entry) {
        follow(List.of(entry));
    }

    /**
     * Takes in entries that this process has just recorded, and what others have recorded before. Never fails, since they
     * are recorded: if they cannot be taken in, no verdict is given until the watching thread has seen them.
     */
    void follow(List<LedgerEntry> entries) {
        try {
            for (int from = 0; from < entries.size(); from += CatchUp.SLICE) {
                apply(entries.subList(from, Math.min(from + CatchUp.SLICE, entries.size())));
            }
        } catch (RuntimeException e) {
            synchronized (applying) {
                promised = Math.max(promised, entries.getLast().revision());
                leaseEnd = ticker.getAsLong();
            }
            log().log(Level.ERROR, "a change was recorded and cannot be followed; verdicts stop until it was read", e);
        }
        followOthers(entries.getFirst().revision() - 1);
    }

    /** Takes in what others have recorded up to a revision, if that is little; the watching thread would a moment later. */
    private void followOthers(long last) {
        long known = revision();
        if (loaded && known < last && last - known <= CatchUp.SLICE) {
            try {
                apply(store.tail(known, (int) (last - known)));
            } catch (AuthorityUnavailable e) {
                log().log(Level.DEBUG, "what others have changed cannot be read", e); // the watching thread says it
            }
        }
    }

    private void apply(List<LedgerEntry> slice) {
        synchronized (applying) {
            if (loaded) { // a process that gives no verdicts need not know all tokens
                slice.forEach(tokens::fold);
                tokens.tally().show(clock.millis());
            }
        }
    }

    /** Looked for only now: finding it takes longer than what a command does, and no command needs it. */
    private static System.Logger log() {
        return System.getLogger(TokenRegistry.class.getName());
    }

    /** Writes down how tokens were used, every {@link TokenUse#ACCURACY} until closed. */
    void recordUses() {
        uses.watch();
    }

    /** How every token was used, as far as this process can know, and what others wrote down. */
    List<TokenUse> uses() {
        uses.flush();
        return store.uses();
    }

    /** How the tokens from an id to another were used, as far as this process can know, and what others wrote down. */
    List<TokenUse> uses(TokenId first, TokenId last) {
        uses.flush();
        return store.uses(first, last);
    }

    /** How one token was used. */
    List<TokenUse> uses(TokenId token) {
        uses.flush();
        return store.uses(token);
    }

    @Override
    public void close() {
        closed = true;
        uses.close();
        ledger.close();
    }
}
