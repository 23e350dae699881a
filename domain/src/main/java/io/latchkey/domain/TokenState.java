package io.latchkey.domain;

/** What a token is good for at a moment. */
public enum TokenState {
    /** It opens everything. */
    ACTIVE,
    /** Its end has come: only a new expiry makes it live again. */
    EXPIRED,
    /** It would be active if it were enabled. */
    DISABLED
}
