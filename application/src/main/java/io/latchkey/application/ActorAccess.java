package io.latchkey.application;

/**
 * The operations of one actor on an authority, local or remote: one port for each kind of conversation. Getting a port
 * checks nothing; each of its methods checks the permissions of the actor.
 */
public interface ActorAccess {
    /** Creates and changes single tokens. */
    TokenAdministration tokens();

    /** SQL queries about the tokens. */
    TokenQueries queries();

    /** The record of changes. */
    LedgerReader ledger();

    /** Declarations, imports and backups. */
    TokenTransfer transfer();

    /**
     * The same operations, whose changes wait for the nodes in another way.
     *
     * @throws io.latchkey.domain.TokenFailure.Invalid if there are none to wait for
     */
    ActorAccess waiting(ChangeWait wait);
}
