package io.latchkey.application;

/** Whether the tokens are what their ledger makes of them, as far as this process has looked. */
public enum LedgerHealth {
    /** Not looked at, or not to the end. */
    UNKNOWN,
    /** They were, when this process started. */
    INTACT,
    /** They are not: somebody changed the store behind the ledger. */
    BROKEN
}
