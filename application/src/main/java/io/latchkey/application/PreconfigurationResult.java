package io.latchkey.application;

/** Result of registering a preconfigured token. */
public enum PreconfigurationResult {
    /** The token was registered. */
    REGISTERED,
    /** A token with this name and secret already exists. */
    ALREADY_PRESENT,
    /** A token with this name and secret already exists, and has other rights, which it keeps. */
    OTHER_RIGHTS,
    /** Another secret belongs to the token with this name; that secret stays valid. */
    ANOTHER_SECRET,
    /** The secret belongs to a token with another name, which is not changed. */
    ANOTHER_NAME,
    /**
     * The secret was revoked or replaced and stays invalid; otherwise a restart would make a leaked secret valid again.
     */
    ENDED
}
