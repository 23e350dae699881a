package io.latchkey.application;

import io.latchkey.domain.TokenId;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * What was noted of the use of tokens, on its way into the store: every few seconds on a thread of its own, and at the
 * end. Whoever is killed before loses that much.
 */
final class TokenUses implements AutoCloseable {
    private final TokenStore store;
    private final BackgroundFailures failures;
    /** Whoever was used since the last time, each once: nobody has to look through all tokens for them. */
    private final ConcurrentLinkedQueue<CachedVerdict> used = new ConcurrentLinkedQueue<>();

    // Both guarded by this.
    private Map<Secret, TokenUse> waiting = new LinkedHashMap<>();
    private boolean failing;

    private volatile boolean closed;

    private record Secret(TokenId token, int generation) {}

    TokenUses(TokenStore store, BackgroundFailures failures) {
        this.store = store;
        this.failures = failures;
    }

    /** Hears of the first use since the last time. */
    void begin(CachedVerdict one) {
        used.add(one);
    }

    /** Writes down what was noted, every {@link TokenUse#ACCURACY} until closed. */
    void watch() {
        Thread.ofPlatform().daemon().name("latchkey-uses").start(() -> {
            while (!closed) {
                LockSupport.parkNanos(TokenUse.ACCURACY.toNanos());
                flush();
            }
        });
    }

    /** Writes down what was noted; what cannot be written is kept for the next time. */
    synchronized void flush() {
        for (CachedVerdict one = used.poll(); one != null; one = used.poll()) {
            one.take().ifPresent(use -> waiting.merge(new Secret(use.token(), use.generation()), use, TokenUse::and));
        }
        if (waiting.isEmpty()) {
            return;
        }
        List<TokenUse> uses = new ArrayList<>(waiting.values());
        try {
            store.recordUses(uses);
            waiting = new LinkedHashMap<>();
            failing = false;
        } catch (RuntimeException e) {
            failures.note(BackgroundFailures.Work.TOKEN_USES);
            if (!failing) {
                System.getLogger(TokenUses.class.getName())
                        .log(Level.WARNING, "the use of tokens cannot be written down; it will be tried again", e);
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        flush();
    }
}
