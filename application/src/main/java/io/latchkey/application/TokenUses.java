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
 * Writes recorded uses to the store every few seconds on its own thread, and when closed. If the process is killed, the
 * latest are lost.
 */
final class TokenUses implements AutoCloseable {
    private final TokenStore store;
    private final BackgroundFailures failures;
    /** The secrets used since the last flush, each once, so that a flush need not search all tokens. */
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

    /** Notes the first use of a secret since the last flush. */
    void begin(CachedVerdict one) {
        used.add(one);
    }

    /** Starts to store uses every {@link TokenUse#ACCURACY} until closed. */
    void watch() {
        Thread.ofPlatform().daemon().name("latchkey-uses").start(() -> {
            while (!closed) {
                LockSupport.parkNanos(TokenUse.ACCURACY.toNanos());
                flush();
            }
        });
    }

    /** Stores the uses; if this fails, they are kept and stored the next time. */
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
