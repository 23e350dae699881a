package io.latchkey.domain;

/** The outcome of presenting a secret. Three-valued, because <em>unknown</em> is never <em>invalid</em>. */
public sealed interface Verdict {
    /** Whether the secret will never be accepted again, whatever is done to its token: no token has it, or no longer. */
    default boolean isFinal() {
        return this == Refused.UNKNOWN || this == Refused.RETIRED;
    }

    /**
     * The secret is that of a live token.
     *
     * @param generation which of the token's secrets it is
     */
    record Accepted(Token token, int generation) implements Verdict {}

    /** The secret opens nothing; the reason is for the log, never for the caller. */
    enum Refused implements Verdict {
        /** No token has this secret, or no longer. */
        UNKNOWN,
        /** Its token has expired. */
        EXPIRED,
        /** Its token is disabled. */
        DISABLED,
        /** Its token has another secret since, and the time to replace this one is over: somebody has an old copy. */
        RETIRED
    }

    /** It cannot be said: what is known of the tokens may be out of date. */
    enum Unavailable implements Verdict {
        /** The store has not been seen for too long. */
        STALE
    }
}
