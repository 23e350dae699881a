package io.latchkey.application;

/** Whether the tokens match the ledger, as far as this process has checked. */
public enum LedgerHealth {
    /** Not checked, or the check has not finished. */
    UNKNOWN,
    /** The tokens matched the ledger when this process started. */
    INTACT,
    /** The tokens do not match the ledger: the store was changed without ledger entries. */
    BROKEN
}
