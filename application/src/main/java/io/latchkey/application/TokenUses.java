package io.latchkey.application;

import io.latchkey.application.usage.HourUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.domain.TokenId;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Writes recorded uses to the store every few seconds on its own thread, and when closed. If the process is killed, the
 * latest are lost.
 */
final class TokenUses implements AutoCloseable {
    /** So many are stored in one transaction, so that no writer waits long for it. */
    private static final int SLICE = 1_000;

    private final TokenStore store;
    private final InstantSource clock;
    private final BackgroundFailures failures;
    /** The secrets used since the last flush, each once, so that a flush need not search all tokens. */
    private final ConcurrentLinkedQueue<CachedVerdict> used = new ConcurrentLinkedQueue<>();

    // All guarded by this.
    private final Map<Secret, TokenUse> waiting = new LinkedHashMap<>();
    /** By token and day, not by hour, so that a store that fails for long does not fill the memory. */
    private final Map<TokenDay, HourUse> history = new LinkedHashMap<>();

    private boolean failing;

    private volatile boolean closed;

    private record Secret(TokenId token, int generation) {}

    private record TokenDay(TokenId token, long day) {}

    TokenUses(TokenStore store, InstantSource clock, BackgroundFailures failures) {
        this.store = store;
        this.clock = clock;
        this.failures = failures;
    }

    /** Notes the first use of a secret since the last flush. */
    void begin(CachedVerdict one) {
        used.add(one);
    }

    /**
     * Starts to store uses every {@link TokenUse#ACCURACY} until closed.
     *
     * @param also done before each time
     */
    void watch(Runnable also) {
        Thread.ofPlatform().daemon().name("latchkey-uses").start(() -> {
            while (!closed) {
                LockSupport.parkNanos(TokenUse.ACCURACY.toNanos());
                also.run();
                flush();
            }
        });
    }

    /** Stores the uses; if this fails, they are kept and stored the next time. */
    synchronized void flush() {
        for (CachedVerdict one = used.poll(); one != null; one = used.poll()) {
            one.take().ifPresent(this::note);
            TokenId token = one.token().id();
            one.takeRefusals().ifPresent(refusals -> note(new HourUse(token, clock.instant(), refusals)));
        }
        if (waiting.isEmpty() && history.isEmpty()) {
            return;
        }
        try {
            store(waiting, store::recordUses);
            store(history, store::addToUseHistory);
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

    private void note(TokenUse use) {
        waiting.merge(new Secret(use.token(), use.generation()), use, TokenUse::and);
        note(new HourUse(use.token(), use.last(), UseCounts.accepted(use.count())));
    }

    private void note(HourUse use) {
        history.merge(new TokenDay(use.token(), UsePeriod.DAY.number(use.at())), use, HourUse::and);
    }

    /** Stores all in slices; those that are stored are removed. */
    private static <K, V> void store(Map<K, V> all, Consumer<List<V>> write) {
        while (!all.isEmpty()) {
            List<Map.Entry<K, V>> slice = all.entrySet().stream().limit(SLICE).toList();
            write.accept(slice.stream().map(Map.Entry::getValue).toList());
            slice.forEach(stored -> all.remove(stored.getKey()));
        }
    }

    @Override
    public void close() {
        closed = true;
        flush();
    }
}
