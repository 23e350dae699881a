package io.latchkey.application;

import io.latchkey.domain.Token;
import io.latchkey.domain.Verdict;

/**
 * The token that has or had a secret, and whether the secret is accepted now, from an unknown address and for an
 * unknown request.
 *
 * @param generation number of the secret among those of the token, from 1
 */
public record KnownSecret(Token token, int generation, Verdict verdict) {
    /** Whether the secret is accepted, from some addresses and for some requests at least. */
    public boolean isAccepted() {
        return verdict instanceof Verdict.Accepted
                || verdict == Verdict.Refused.ORIGIN
                || verdict == Verdict.Refused.ROUTE;
    }
}
