package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.table.TerminalText;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Records the use of retired secrets in the ledger, asynchronously and at most once a minute for each secret. */
final class ReuseDetector implements AutoCloseable {
    /** Minimum time between two records of the same secret by this process. */
    static final Duration QUIET = Duration.ofMinutes(1);

    private static final int WAITING = 1_000;

    private final TokenStore store;
    private final TokenRegistry registry;
    private final InstantSource clock;
    private final BackgroundFailures failures;
    private final ConcurrentHashMap<TokenDigest, Long> heard = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor recording = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("latchkey-alarms").factory());

    ReuseDetector(TokenStore store, TokenRegistry registry, InstantSource clock, BackgroundFailures failures) {
        this.store = store;
        this.registry = registry;
        this.clock = clock;
        this.failures = failures;
    }

    /** Reports that a retired secret was presented; returns at once. */
    void raise(TokenDigest digest) {
        if (heard.size() > WAITING) {
            heard.clear(); // most belong to deleted tokens
        }
        long now = clock.millis();
        Long before = heard.put(digest, now);
        if (before != null && Math.abs(now - before) < QUIET.toMillis()) {
            heard.put(digest, before);
            return;
        }
        try {
            recording.execute(() -> record(digest));
        } catch (RejectedExecutionException _) {
            heard.remove(digest); // queue full or closed: recorded at the next use
        }
    }

    private void record(TokenDigest digest) {
        try {
            LedgerEntry entry = store.append(tokens -> new Change.RecordReuse(digest)
                    .decide(tokens, new Actor.ReuseDetector(), clock.instant().truncatedTo(ChronoUnit.MILLIS)));
            registry.follow(entry);
            if (entry.event() instanceof TokenEvent.RetiredSecretPresented used) {
                log().log(
                                Level.WARNING,
                                "a retired secret of token {0} {1} (generation {2}) was presented and refused",
                                used.tokenId(),
                                TerminalText.quoted(used.token().name().value()),
                                used.generation());
            }
        } catch (TokenFailure _) {
            // Already recorded within the hour by another process, or the token is gone.
        } catch (RuntimeException e) {
            heard.remove(digest);
            failures.note(BackgroundFailures.Work.ALARMS);
            log().log(Level.ERROR, "the use of a retired secret could not be recorded", e);
        }
    }

    /** Looked up only when needed: no command logs, and finding the logger would slow down each start. */
    private static System.Logger log() {
        return System.getLogger(ReuseDetector.class.getName());
    }

    /** Records what was reported before, because the store is closed next. */
    @Override
    public void close() {
        recording.shutdown();
        try {
            if (!recording.awaitTermination(5, TimeUnit.SECONDS)) {
                recording.shutdownNow();
            }
        } catch (InterruptedException _) {
            recording.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
