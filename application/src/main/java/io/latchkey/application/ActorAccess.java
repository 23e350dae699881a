package io.latchkey.application;

/**
 * What one actor can ask of an authority, local or remote: one port for each kind of conversation. To obtain a port checks
 * nothing; each of its methods checks what the actor may do.
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
}
