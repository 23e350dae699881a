package io.latchkey.application;

import io.latchkey.application.TokenStore.LedgerCheck;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * One background comparison of all tokens with the ledger: somebody with write access to the file may have changed a
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
                                + "; `latchkey verify ledger` says more: put a backup in its place, or regenerate what"
                                + " you doubt");
            }
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.log(Level.ERROR, "the ledger could not be verified: `latchkey doctor` says more", e);
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
            case LedgerCheck.Whole _ -> "it is whole";
            case LedgerCheck.Broken(var revision, var _) -> "entry " + revision + " is not as it was written";
            case LedgerCheck.Truncated(var revision) -> "what followed entry " + revision + " is missing";
            case LedgerCheck.Unexplained(var _, var token) ->
                token.map(id -> "token " + id.value()).orElse("a token") + " is not what its entries made of it";
        };
    }
}
