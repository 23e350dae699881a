package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.ledger.LedgerLoss;
import io.latchkey.application.node.Nodes;
import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UseHistory;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.domain.RequestRoute;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.Verdict;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All tokens in memory, by the digest of their secrets: the only read path of verifications.
 *
 * <p>Loaded from the store once, then kept current from the ledger: changes by this process are applied before it
 * answers, changes by other processes within the poll interval of a watching thread. That thread shares neither a lock
 * nor a connection with readers.
 *
 * <p>Each answer of the store about its newest entry grants a lease of {@link #STALE_AFTER}, counted from when the
 * question was sent. A verdict is valid if one lease covers all of it: the lease is read before the look-up and
 * compared with the time after it, so a pause in between (a full collection, SIGSTOP, a frozen container) ends the
 * lease. A later pause only delays an answer that was correct when it was given. Time is {@link System#nanoTime}, which
 * stops while the whole machine is suspended, as do all processes that can write the file.
 */
final class TokenRegistry implements AutoCloseable {
    static final Duration STALE_AFTER = Nodes.LEASE;

    private final TokenStore store;
    private final LedgerWatch ledger;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final BackgroundFailures failures;
    private final TokenUses uses;
    private final Object applying = new Object();
    private final Object granting = new Object();
    private final CatchUp catchUp;

    // Written by the thread that applies entries; the lease, by closing, too, and so under a lock of its own. A verdict
    // reads them in this order, so that what it reads later is
    // at least as new as the lease.
    private volatile long leaseEnd;
    private volatile PendingEntries backlog = PendingEntries.NONE;
    private volatile TokenIndex tokens = new TokenIndex(new TokenStore.Snapshot(0, List.of()));

    private volatile boolean loaded;
    private volatile long newest;
    /**
     * The newest entry of this process that could not be applied; no lease is granted until it has been read. Guarded
     * by {@code applying}.
     */
    private long promised;

    private volatile boolean closed;

    /** Whether an accepted verdict is recorded as a use of the token. */
    private enum Purpose {
        USE,
        ASSESSMENT,
        /** Of a secret that was accepted before; its address was checked then. */
        SECOND_CHECK
    }

    /**
     * An empty registry; every verdict is STALE until {@link #load()}.
     *
     * @param ticker monotonic time in nanoseconds; the clock is not monotonic, because an administrator may set it back
     */
    TokenRegistry(TokenStore store, InstantSource clock, LongSupplier ticker, BackgroundFailures failures) {
        this.store = store;
        this.ledger = store.watch();
        this.catchUp = new CatchUp(ledger, applying);
        this.uses = new TokenUses(store, clock, failures);
        this.clock = clock;
        this.ticker = ticker;
        this.failures = failures;
        this.leaseEnd = ticker.getAsLong();
    }

    /** Whether the lease has expired or was never granted. */
    boolean isStale() {
        return isOver(leaseEnd);
    }

    private boolean isOver(long lease) {
        return ticker.getAsLong() - lease >= 0;
    }

    /** Whether an operator token exists, which can never be removed; false before {@link #load()}. */
    boolean hasOperator() {
        return tokens.hasOperator();
    }

    /** Whether there are no tokens; true before {@link #load()}. */
    boolean isEmpty() {
        return tokens.isEmpty();
    }

    /** The verdict on the secret with this digest; records no use. */
    Verdict verdict(TokenDigest digest) {
        return verdict(digest, CachedVerdict.NOWHERE);
    }

    /** The same for a secret that was presented from an address. */
    Verdict verdict(TokenDigest digest, InetAddress from) {
        return judge(digest, Purpose.ASSESSMENT, from, CachedVerdict.UNKNOWN_REQUEST);
    }

    /** The verdict on the secret with this digest; records a use if it is accepted. */
    Verdict use(TokenDigest digest, InetAddress from) {
        return use(digest, from, CachedVerdict.UNKNOWN_REQUEST);
    }

    /** The same for a secret that came with a request to a guarded service, which is asked for only if it matters. */
    Verdict use(TokenDigest digest, InetAddress from, Supplier<Optional<RequestRoute>> request) {
        return judge(digest, Purpose.USE, from, request);
    }

    private Verdict judge(
            TokenDigest digest, Purpose purpose, InetAddress from, Supplier<Optional<RequestRoute>> request) {
        while (true) {
            long lease = leaseEnd;
            PendingEntries late = backlog;
            CachedVerdict cached = tokens.bySecret().get(digest);
            long now = cached == null ? Long.MAX_VALUE : clock.millis();
            if (isOver(lease)) {
                if (lease == leaseEnd) {
                    return Verdict.Unavailable.STALE;
                }
                continue; // this thread was paused that long, and the lease was renewed
            }
            if (late != PendingEntries.NONE) {
                if (cached == null || late.isMarked(cached.token().id())) {
                    return Verdict.Unavailable.STALE;
                }
                if (tokens.bySecret().get(digest) != cached) {
                    continue; // the mark was removed in between
                }
            }
            if (cached == null) {
                return Verdict.Refused.UNKNOWN;
            }
            if (now >= cached.endMillis() && !accepts(cached.token(), digest, now, purpose, from, request)) {
                return cached.token().refusal(digest, now, from);
            }
            if (purpose == Purpose.USE && cached.use(now, from)) {
                uses.begin(cached);
            }
            return cached.verdict();
        }
    }

    /** Counts the refusal of a presented secret in the history of its token, if a token has the secret. */
    void noteRefusal(TokenDigest digest, Verdict.Refused reason) {
        CachedVerdict cached = tokens.bySecret().get(digest);
        if (cached != null && cached.refuse(reason)) {
            uses.begin(cached);
        }
    }

    private static boolean accepts(
            Token token,
            TokenDigest digest,
            long now,
            Purpose purpose,
            InetAddress from,
            Supplier<Optional<RequestRoute>> request) {
        return purpose == Purpose.SECOND_CHECK
                ? token.accepts(digest, Instant.ofEpochMilli(now))
                : token.acceptsFrom(digest, now, from, request);
    }

    /**
     * The valid token whose secret has this digest.
     *
     * @throws TokenFailure.Unauthenticated if there is none
     * @throws AuthorityUnavailable if the registry is stale
     */
    Verdict.Accepted authenticated(TokenDigest digest) {
        return accepted(verdict(digest));
    }

    /** As {@link #authenticated}, for a secret that was accepted before from an address that is not known any more. */
    Token stillValid(TokenDigest digest) {
        return accepted(judge(digest, Purpose.SECOND_CHECK, CachedVerdict.NOWHERE, CachedVerdict.UNKNOWN_REQUEST))
                .token();
    }

    private static Verdict.Accepted accepted(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> accepted;
            case Verdict.Refused _ -> throw new TokenFailure.Unauthenticated();
            case Verdict.Unavailable _ ->
                throw new AuthorityUnavailable("cannot check whether the token is valid: try again");
        };
    }

    /** The number of tokens in each state, as of the last poll; costs the same for any number of tokens. */
    TokenStatistics census() {
        TokenIndex current = tokens;
        return TokenStatistics.of(current.revision(), current.tally().counts(), clock.instant());
    }

    /** How long ago the newest question was sent whose answer lets this process give verdicts. */
    Duration leaseAge() {
        return Duration.ofNanos(ticker.getAsLong() - leaseEnd).plus(STALE_AFTER);
    }

    /** The newest revision that is known to exist, whether it has been applied or not. */
    long newest() {
        return Math.max(newest, revision());
    }

    /** The revision up to which all entries have been applied. */
    long revision() {
        return tokens.revision();
    }

    /** The tokens that have an expiry, expired ones included. */
    Stream<Token> ending() {
        return tokens.ending();
    }

    /** The token that has or had a secret; empty if none does. */
    Optional<KnownSecret> identify(TokenDigest digest) {
        return Optional.ofNullable(tokens.bySecret().get(digest))
                .map(CachedVerdict::verdict)
                .map(known -> new KnownSecret(known.token(), known.generation(), verdict(digest)));
    }

    /** Passes on all tokens, each once. */
    void each(Consumer<Token> use) {
        tokens.each(use);
    }

    /** Replaces the tokens with those of the store. */
    void load() {
        // Before the others are told of this process: they wait for its leases from then on, and no longer than they
        // last.
        long asked = ticker.getAsLong();
        LedgerWatch.Joined joined = ledger.join();
        synchronized (applying) {
            tokens = new TokenIndex(store.snapshot());
            backlog = PendingEntries.NONE;
            catchUp.restart();
            loaded = true;
            switch (joined) {
                case WHOLE -> seen(asked, tokens.revision());
                case LOST -> endLease();
            }
        }
    }

    /** What the ledger is known to have lost; from memory. */
    Optional<LedgerLoss> loss() {
        return ledger.loss();
    }

    /**
     * Starts the thread that follows the changes by other processes until closed; where the store has to be polled, every
     * {@link PollingInterval#BUSY}, or {@link PollingInterval#IDLE} while no verdicts are requested.
     *
     * @param asked number of verdicts requested so far
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
                    follow(failing || backlog != PendingEntries.NONE ? Duration.ZERO : pace.next());
                    failing = false;
                } catch (RuntimeException e) {
                    failures.note(BackgroundFailures.Work.LEDGER_WATCH);
                    if (!failing && !closed) {
                        log().log(Level.ERROR, "the ledger cannot be read; verdicts stop until it can", e);
                    }
                    failing = true;
                }
                if (failing) {
                    LockSupport.parkNanos(pace.next().toNanos());
                }
            }
        });
    }

    /** Reads the newest entry once, so that the classes needed for it are loaded before the first change arrives. */
    private void warmUp() {
        long before = Math.max(0, revision() - 1);
        var _ = ledger.tail(before, 1);
        var _ = ledger.changes(before, before + 1, 1);
    }

    /** Applies the changes by other processes so far, or one slice of them. */
    void poll() {
        follow(Duration.ZERO);
    }

    /** Waits for changes by other processes, and applies them, or one slice of them. */
    private void follow(Duration atMost) {
        long asked = ticker.getAsLong();
        long known = revision();
        long newest;
        try {
            newest = ledger.awaitRevision(known, atMost);
        } catch (LedgerWatch.Replaced e) {
            startAnew(String.valueOf(e.getMessage()));
            return;
        }
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

    /** Loads all tokens again, as a restart does: the changes of missing entries can only be read from the tokens. */
    private void startAnew(String reason) {
        log().log(Level.ERROR, reason + "; all tokens are read again: check the ledger with `latchkey verify ledger`");
        load();
    }

    private void seen(long asked, long seen) {
        newest = seen;
        tokens.tally().show(clock.millis());
        synchronized (granting) {
            if (seen >= promised && !closed) {
                leaseEnd = asked + STALE_AFTER.toNanos();
            }
        }
    }

    /** Applies an entry that this process has just recorded. */
    void follow(LedgerEntry entry) {
        follow(List.of(entry));
    }

    /**
     * Applies entries that this process has just recorded, and earlier ones by other processes. Never throws, because
     * the entries are already recorded: if they cannot be applied, every verdict is STALE until the watching thread has
     * read them.
     */
    void follow(List<LedgerEntry> entries) {
        try {
            for (int from = 0; from < entries.size(); from += CatchUp.SLICE) {
                apply(entries.subList(from, Math.min(from + CatchUp.SLICE, entries.size())));
            }
        } catch (RuntimeException e) {
            synchronized (applying) {
                promised = Math.max(promised, entries.getLast().revision());
                endLease();
            }
            log().log(Level.ERROR, "a change was recorded and cannot be followed; verdicts stop until it was read", e);
        }
        followOthers(entries.getFirst().revision() - 1);
    }

    /**
     * Applies the entries of other processes up to a revision if they fit in one slice; otherwise the watching thread
     * does.
     */
    private void followOthers(long last) {
        long known = revision();
        if (loaded && known < last && last - known <= CatchUp.SLICE) {
            try {
                apply(store.tail(known, (int) (last - known)));
            } catch (AuthorityUnavailable e) {
                log().log(
                                Level.DEBUG,
                                "the changes of other processes cannot be read",
                                e); // the watching thread reports it
            }
        }
    }

    private void apply(List<LedgerEntry> slice) {
        synchronized (applying) {
            if (loaded) { // a process that gives no verdicts loads no tokens
                slice.forEach(tokens::fold);
                tokens.tally().show(clock.millis());
            }
        }
    }

    /** Looked up only when needed: no command logs, and finding the logger would slow down each start. */
    private static System.Logger log() {
        return System.getLogger(TokenRegistry.class.getName());
    }

    /**
     * Starts to record the use of tokens in the store, every {@link TokenUse#ACCURACY} until closed.
     *
     * @param also done before each time, on the same thread
     */
    void recordUses(Runnable also) {
        uses.watch(also);
    }

    /** The uses of all tokens: the stored ones, plus those that this process has not stored yet. */
    List<TokenUse> uses() {
        uses.flush();
        return store.uses();
    }

    /** The use of the tokens in a range of ids, both ends included; as {@link #uses()}. */
    List<TokenUse> uses(TokenId first, TokenId last) {
        uses.flush();
        return store.uses(first, last);
    }

    /** The use of some tokens; as {@link #uses()}. */
    List<TokenUse> uses(Collection<TokenId> some) {
        uses.flush();
        return store.uses(some);
    }

    /** The use of one token; as {@link #uses()}. */
    List<TokenUse> uses(TokenId token) {
        uses.flush();
        return store.uses(token);
    }

    /** The uses of some tokens over time, as {@link TokenStore#useHistory}; as {@link #uses()}. */
    Map<TokenId, List<PeriodUse>> useHistory(
            UsePeriod period, Collection<TokenId> tokens, Instant from, Instant until) {
        uses.flush();
        return store.useHistory(period, tokens, from, until);
    }

    /** The uses of one token over time; as {@link #uses()}. */
    UseHistory useHistory(TokenId token, Instant now) {
        return new UseHistory(now, kept(UsePeriod.DAY, token, now), kept(UsePeriod.HOUR, token, now));
    }

    private List<PeriodUse> kept(UsePeriod period, TokenId token, Instant now) {
        return useHistory(period, List.of(token), period.oldest(now), now).getOrDefault(token, List.of());
    }

    private void endLease() {
        synchronized (granting) {
            leaseEnd = ticker.getAsLong();
        }
    }

    @Override
    public void close() {
        synchronized (granting) {
            closed = true; // for the watching thread, which may be about to grant one more lease
        }
        uses.close();
        endLease(); // before others are told that this process gives no more verdicts
        ledger.close();
    }
}
