package io.latchkey.application;

import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.ledger.LedgerHead;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A background comparison of all tokens with the ledger, repeated until it succeeds once: a user with write access to the file may have changed a
 * token without a ledger entry.
 *
 * <p>Reads the whole ledger on its own thread and connection, so that nothing waits for it.
 */
final class LedgerAudit implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LedgerAudit.class.getName());

    /** The time between two attempts, when the store could not be read. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final TokenStore store;
    private volatile LedgerHealth health = LedgerHealth.UNKNOWN;
    private volatile Optional<LedgerCheck.Whole> whole = Optional.empty();
    private volatile boolean closed;
    private volatile boolean failed;

    LedgerAudit(TokenStore store) {
        this.store = store;
    }

    /** The result; unknown until the audit has finished. */
    LedgerHealth health() {
        return health;
    }

    /** The newest result of a verification that found the ledger intact. */
    Optional<LedgerCheck.Whole> lastWhole() {
        return whole;
    }

    /** Verifies the ledger now. A missing head says nothing about its health, since the head may be a wrong one. */
    LedgerCheck check(Optional<LedgerHead> expected) {
        LedgerCheck check = store.check(expected);
        switch (check) {
            case LedgerCheck.Whole found -> {
                whole = Optional.of(found);
                health = LedgerHealth.INTACT;
            }
            case LedgerCheck.Broken _, LedgerCheck.Unexplained _ -> health = LedgerHealth.BROKEN;
            case LedgerCheck.Truncated _ -> {
                if (expected.isEmpty()) {
                    health = LedgerHealth.BROKEN;
                }
            }
        }
        return check;
    }

    void start() {
        Thread.ofPlatform().daemon().name("latchkey-ledger-audit").start(() -> {
            run();
            while (!closed && health == LedgerHealth.UNKNOWN) {
                LockSupport.parkNanos(PAUSE.toNanos());
                run();
            }
        });
    }

    void run() {
        try {
            LedgerCheck check = check(Optional.empty());
            if (!(check instanceof LedgerCheck.Whole)) {
                LOG.log(
                        Level.ERROR,
                        "the database was changed outside the ledger: " + described(check)
                                + "; run `latchkey verify ledger` for details, then restore a backup or regenerate the"
                                + " affected tokens");
            }
        } catch (RuntimeException e) {
            if (!closed && !failed) {
                failed = true;
                LOG.log(
                        Level.ERROR,
                        "the ledger could not be verified, which is tried again: run `latchkey doctor`",
                        e);
            }
        }
    }

    /** From now on a failure is not reported, because the store is about to be closed. */
    @Override
    public void close() {
        closed = true;
    }

    private static String described(LedgerCheck check) {
        return switch (check) {
            case LedgerCheck.Whole _ -> "the ledger is intact";
            case LedgerCheck.Broken(var revision, var _) -> "entry " + revision + " was changed";
            case LedgerCheck.Truncated(var revision) -> "the entries after " + revision + " are missing";
            case LedgerCheck.Unexplained(var _, var token) ->
                token.map(id -> "token " + id.value()).orElse("a token") + " differs from its ledger entries";
        };
    }
}
