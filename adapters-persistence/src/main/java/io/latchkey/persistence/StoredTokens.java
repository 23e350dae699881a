package io.latchkey.persistence;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.Tokens;
import java.util.Optional;

/** The tokens as the transaction that the calling thread is in finds them, one look-up at a time. */
record StoredTokens(TokenRepository tokens, LedgerRepository ledger) implements Tokens {
    @Override
    public boolean isEmpty() {
        return tokens.any() == 0;
    }

    @Override
    public TokenId nextId() {
        return new TokenId(ledger.nextTokenId());
    }

    /** The token with an identity, for which no rule asks. */
    Optional<Token> find(TokenId id) {
        return tokens.findById(id.value()).map(TokenRow::toToken);
    }

    @Override
    public Optional<Token> find(TokenName name) {
        return tokens.findByName(name.value()).map(TokenRow::toToken);
    }

    @Override
    public Optional<Token> find(TokenDigest digest) {
        return tokens.findByDigest(digest).map(TokenRow::toToken);
    }
}
