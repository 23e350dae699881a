package io.latchkey.domain;

/** The outcome of presenting a secret. Three-valued, because <em>unknown</em> is never <em>invalid</em>. */
public sealed interface Verdict {
    /** Whether the secret can never be accepted again: no token has it, or no longer. */
    default boolean isFinal() {
        return this == Refused.UNKNOWN || this == Refused.RETIRED;
    }

    /**
     * The secret belongs to a live token.
     *
     * @param generation number of the secret among those of the token, from 1
     */
    record Accepted(Token token, int generation) implements Verdict {}

    /** The secret is refused; the reason is for the log, never for the caller. */
    enum Refused implements Verdict {
        /** No token has this secret, or no longer. */
        UNKNOWN,
        /** Its token has expired. */
        EXPIRED,
        /** Its token is disabled. */
        DISABLED,
        /** Its token has been rotated and the grace period is over: a client still uses the old secret. */
        RETIRED,
        /** Its token is not valid yet. */
        NOT_YET,
        /** Its token is not accepted from this address, or the address is unknown. */
        ORIGIN,
        /** Its token is not accepted for this request, or the request is unknown. */
        ROUTE
    }

    /** No verdict: the tokens in memory may be out of date. */
    enum Unavailable implements Verdict {
        /** The store has not been read for too long. */
        STALE
    }
}
