package io.latchkey.persistence.jdbc;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.Tokens;
import java.util.Optional;
import java.util.Set;

/** The tokens within a transaction: as stored at its beginning, changed by its events. */
interface MutableTokens extends Tokens {
    /** The token with an id; decisions do not need it, only checks of their results. */
    Optional<Token> find(TokenId id);

    @Override
    default boolean isEmpty() {
        return isEmptyBut(Set.of());
    }

    /** Whether there are no tokens but those with some ids. */
    boolean isEmptyBut(Set<TokenId> without);

    /** Takes over an event. */
    void apply(TokenEvent event);
}
