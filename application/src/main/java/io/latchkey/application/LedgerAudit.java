package io.latchkey.application;

import io.latchkey.application.TokenStore.LedgerCheck;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * One background comparison of all tokens with the ledger: a user with write access to the file may have changed a
 * token without a ledger entry.
 *
 * <p>Reads the whole ledger on its own thread and connection, so that nothing waits for it.
 */
final class LedgerAudit implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LedgerAudit.class.getName());

    private final TokenStore store;
    private volatile LedgerHealth health = LedgerHealth.UNKNOWN;
    private volatile boolean closed;

    LedgerAudit(TokenStore store) {
        this.store = store;
    }

    /** The result; unknown until the audit has finished. */
    LedgerHealth health() {
        return health;
    }

    void start() {
        Thread.ofPlatform().daemon().name("latchkey-ledger-audit").start(this::run);
    }

    void run() {
        try {
            LedgerCheck check = store.check(Optional.empty());
            health = check instanceof LedgerCheck.Whole ? LedgerHealth.INTACT : LedgerHealth.BROKEN;
            if (health == LedgerHealth.BROKEN) {
                LOG.log(
                        Level.ERROR,
                        "the database was changed outside the ledger: " + described(check)
                                + "; run `latchkey verify ledger` for details, then restore a backup or regenerate the"
                                + " affected tokens");
            }
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.log(Level.ERROR, "the ledger could not be verified: run `latchkey doctor`", e);
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
