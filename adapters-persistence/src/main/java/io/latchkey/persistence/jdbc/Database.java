package io.latchkey.persistence.jdbc;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.LedgerWatch;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.ledger.LedgerLoss;
import io.latchkey.application.node.Nodes;
import io.latchkey.domain.TokenFailure;
import java.util.Optional;

/** A database engine with the tables of one store: what {@link JdbcTokenStore} needs beyond standard SQL. */
public interface Database {
    /** A new session, connected when it is first used; the caller closes it. */
    Session open();

    /**
     * A new session for changes of tokens, each of which appends to the ledger; connected when it is first used. The caller
     * closes it.
     */
    Session openWriting();

    /** A new session whose newest commits a power failure may undo; the caller closes it. */
    Session openRelaxed();

    /** A new watch of the ledger; the caller closes it. */
    LedgerWatch watch();

    /** The nodes that share it; empty if its processes do not know of each other. The caller closes it. */
    default Optional<Nodes> nodes() {
        return Optional.empty();
    }

    /** What the ledger is known to have lost, until that is accepted. */
    default Optional<LedgerLoss> loss() {
        return Optional.empty();
    }

    /**
     * A new session as {@link #openWriting}, whose first change accepts that entries are lost; the caller closes it.
     *
     * @throws AuthorityUnavailable if nothing can be lost
     */
    default Session openAccepting() {
        throw new AuthorityUnavailable("the ledger has lost no entries: there is nothing to accept");
    }
    /** The milliseconds since 1970 by the clock of the database, as an expression of its SQL. */
    String now();

    /** The unique column that a failed statement violated, such as {@code token.name}; {@code ""} for any other failure. */
    String uniqueColumn(Throwable failure);

    /** Whether the database engine caused a failure, rather than the content of a row. */
    boolean isOfEngine(Throwable failure);

    /**
     * A consistent copy, made while the database stays in use; the caller closes it.
     *
     * @throws TokenFailure.LedgerBroken if the ledger was tampered with
     */
    StoreBackup backUp();

    /** The number of bytes that it takes on disk, files beside it included. */
    long size();

    /** The exception for a call of a closed store. */
    AuthorityUnavailable closed();
}
