package io.latchkey.application;

/** What came of a token that was to be known from the start, and perhaps was already. */
public enum PreconfigurationResult {
    /** It is known now. */
    REGISTERED,
    /** It was known already, by this name and with this secret. */
    ALREADY_PRESENT,
    /** The name is that of a token with another secret, which stays in force. */
    ANOTHER_SECRET,
    /** The secret is that of a token with another name, which it keeps. */
    ANOTHER_NAME,
    /** The secret was a token's and was ended, and stays so: whoever found it would be let in by a restart. */
    ENDED
}
