package io.latchkey.persistence.postgresql;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.TokenStore;
import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.security.SecureRandom;
import java.time.Instant;

/** Changes of tokens, by the owner of the database. */
final class Changes {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private Changes() {}

    /** Creates a token with a new secret that nobody knows. */
    static LedgerEntry create(TokenStore store, TokenName name) {
        Change create = new Change.CreateNamed(
                name, TokenSecret.generate(RANDOM).digest(), Lifetime.UNLIMITED, Description.NONE);
        return store.append(tokens -> create.decide(tokens, new Actor.FileOwner(), NOW));
    }

    /** Whether a change was done, rather than refused because the database could not be used. */
    static boolean isDone(Runnable change) {
        try {
            change.run();
            return true;
        } catch (AuthorityUnavailable e) {
            return false;
        }
    }
}
