package io.latchkey.persistence.jdbc;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.Tokens;
import java.util.Optional;

/** The tokens as a transaction finds them, and as its events change them. */
interface MutableTokens extends Tokens {
    /** The token with an identity, for which no rule asks. */
    Optional<Token> find(TokenId id);

    /** Lets a fact have happened that is in the tables already. */
    void apply(TokenEvent event);
}
