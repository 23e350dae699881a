package io.latchkey.application;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.TokenFailure;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Accepts a ledger that has lost its newest entries, on behalf of the owner of the database. */
public final class LostLedger {
    private LostLedger() {}

    /**
     * Accepts it as the truth from now on, and records that in the ledger if there is an operator token; returns the newest
     * revision afterwards. All nodes then read all tokens again.
     *
     * @throws AuthorityUnavailable if it has lost none
     */
    public static long accept(TokenStore store, Actor.FileOwner owner, InstantSource clock) {
        try {
            store.acceptLoss(List.of(tokens -> new Change.AcceptLedger()
                    .decide(tokens, owner, clock.instant().truncatedTo(ChronoUnit.MILLIS))));
        } catch (TokenFailure.NoOperator _) {
            store.acceptLoss(List.of()); // an entry is about a token, and the lost ones created it
        }
        return store.revision();
    }
}
