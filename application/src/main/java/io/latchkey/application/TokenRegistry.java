package io.latchkey.application;

import static java.util.stream.Collectors.toSet;

import io.latchkey.domain.Expiry;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Secrets;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.Verdict;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Every token in memory, by the digest of its secret: the one read path.
 *
 * <p>Loaded from the store once and brought up to date from the ledger's tail after: by this process before it answers,
 * by others within the poll interval of a watching thread. If the store cannot be seen for longer than {@link
 * #LONGEST_BLINDNESS}, no verdict is given: a token might have been revoked since.
 */
final class TokenRegistry implements AutoCloseable {
    static final Duration POLL_INTERVAL = Duration.ofMillis(2);
    static final Duration LONGEST_BLINDNESS = Duration.ofSeconds(1);

    private final TokenStore store;
    private final LedgerWatch ledger;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final TokenUses uses;
    private ConcurrentHashMap<TokenDigest, Known> known = new ConcurrentHashMap<>();
    private final Object folding = new Object();
    private boolean loaded;
    private long revision;
    private volatile long blindAfter;
    private volatile boolean operatorSeen;
    private volatile boolean closed;

    /**
     * An empty registry, blind until {@link #load()}.
     *
     * @param ticker nanoseconds that only ever advance, unlike the clock, which an administrator may set back
     */
    TokenRegistry(TokenStore store, InstantSource clock, LongSupplier ticker) {
        this.store = store;
        this.ledger = store.watch();
        this.uses = new TokenUses(store);
        this.clock = clock;
        this.ticker = ticker;
        this.blindAfter = ticker.getAsLong();
    }

    /** Whether the store has not been seen for too long, or never. */
    boolean isBlind() {
        return ticker.getAsLong() - blindAfter >= 0;
    }

    /** Whether there is known to be an operator token, which then never ends; false if nothing was loaded. */
    boolean hasOperator() {
        return operatorSeen;
    }

    /** Whether no token is known; true if nothing was loaded. */
    boolean isEmpty() {
        return known.isEmpty();
    }

    /** The verdict on whoever presents a secret with this digest. */
    Verdict verdict(TokenDigest digest) {
        if (isBlind()) {
            return Verdict.Unavailable.STALE;
        }
        Known one = known.get(digest);
        if (one == null) {
            return Verdict.Refused.UNKNOWN;
        }
        long now = clock.millis();
        return now < one.endMillis() ? one.verdict() : one.token().refusal(digest, now);
    }

    /** The same, and a note that it was used if it was accepted. */
    Verdict use(TokenDigest digest, InetAddress from) {
        if (isBlind()) {
            return Verdict.Unavailable.STALE;
        }
        Known one = known.get(digest);
        if (one == null) {
            return Verdict.Refused.UNKNOWN;
        }
        long now = clock.millis();
        if (now >= one.endMillis()) {
            return one.token().refusal(digest, now);
        }
        if (one.use(now, from)) {
            uses.begin(one);
        }
        return one.verdict();
    }

    /**
     * The live token that whoever presents a secret with this digest is the holder of.
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

    /** What can be counted of all that is known. */
    Census census() {
        synchronized (folding) {
            return Census.of(revision, tokens().toList(), clock.instant());
        }
    }

    /** The revision up to which everything is known. */
    long revision() {
        synchronized (folding) {
            return revision;
        }
    }

    /** The tokens that have an end, which may have come. */
    List<Token> ending() {
        synchronized (folding) {
            return tokens().filter(token -> token.expiry() instanceof Expiry.At).toList();
        }
    }

    /** Each token once, for whoever is folding. */
    private Stream<Token> tokens() {
        return known.entrySet().stream()
                .filter(entry -> entry.getKey().equals(entry.getValue().token().digest()))
                .map(entry -> entry.getValue().token());
    }

    /** Takes in all that the store holds. */
    void load() {
        synchronized (folding) {
            long looked = ticker.getAsLong();
            TokenStore.Snapshot snapshot = store.snapshot();
            // As large as it must be: a map that grows moves everything each time. Nobody looks before seenAt().
            known = new ConcurrentHashMap<>(snapshot.tokens().size());
            snapshot.tokens().forEach(this::put);
            revision = snapshot.revision();
            loaded = true;
            seenAt(looked);
        }
    }

    /** Looks for changes by others, every {@link #POLL_INTERVAL} until closed. */
    void watch() {
        Thread.ofPlatform().daemon().name("latchkey-ledger-watch").start(() -> {
            boolean failing = false;
            boolean rehearsed = false;
            while (!closed) {
                try {
                    if (!rehearsed) {
                        rehearse();
                        rehearsed = true;
                    }
                    look();
                    failing = false;
                } catch (RuntimeException e) {
                    if (!failing && !closed) {
                        System.getLogger(TokenRegistry.class.getName())
                                .log(Level.ERROR, "the ledger cannot be read; verdicts stop until it can", e);
                    }
                    failing = true;
                }
                LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            }
        });
    }

    /** Reads the newest entry once more, so that the first change by others need not wait for classes to be loaded. */
    private void rehearse() {
        long newest;
        synchronized (folding) {
            newest = revision;
        }
        var _ = ledger.tail(Math.max(0, newest - 1), 1);
    }

    /** Takes in what others have changed since the last look. */
    void look() {
        long looked = ticker.getAsLong();
        catchUp(ledger.revision());
        seenAt(looked);
    }

    /** Takes in an entry that this process has just written, and any before it that it has not yet seen. */
    void follow(LedgerEntry entry) {
        synchronized (folding) {
            if (!loaded) {
                return; // a process that gives no verdicts need not know all tokens
            }
            if (entry.revision() == revision + 1) {
                fold(entry);
            } else {
                catchUp(entry.revision());
            }
        }
    }

    private void catchUp(long newest) {
        synchronized (folding) {
            if (newest > revision) {
                ledger.tail(revision, Integer.MAX_VALUE).forEach(this::fold);
            }
        }
    }

    private void fold(LedgerEntry entry) {
        TokenEvent event = entry.event();
        // Replaced, never removed and put back: a token that is only changed must not be missing for a moment.
        event.after().ifPresent(this::put);
        Set<TokenDigest> kept = event.after().map(TokenRegistry::digests).orElse(Set.of());
        event.before().map(TokenRegistry::digests).orElse(Set.of()).stream()
                .filter(digest -> !kept.contains(digest))
                .forEach(known::remove);
        revision = entry.revision();
    }

    private static Set<TokenDigest> digests(Token token) {
        return token.secrets().digests().collect(toSet());
    }

    private void put(Token token) {
        if (token.isOperator()) {
            operatorSeen = true;
        }
        Secrets secrets = token.secrets();
        // The new secret first: whoever was given it must not be refused once the old one is.
        known.put(secrets.digest(), Known.until(Long.MAX_VALUE, token, secrets.generation()));
        for (FormerSecret former : secrets.former()) {
            known.put(
                    former.digest(),
                    former.until()
                            .map(until -> Known.until(until.toEpochMilli(), token, former.generation()))
                            .orElseGet(() -> Known.refused(token, former.generation())));
        }
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

    /** How one token was used. */
    List<TokenUse> uses(TokenId token) {
        uses.flush();
        return store.uses(token);
    }

    private void seenAt(long looked) {
        blindAfter = looked + LONGEST_BLINDNESS.toNanos();
    }

    @Override
    public void close() {
        closed = true;
        uses.close();
        ledger.close();
    }
}
