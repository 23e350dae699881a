package io.latchkey.persistence;

import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.persistence.SqliteDataSource.SqliteConnection;
import io.micronaut.data.exceptions.DataAccessException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The tokens as the transaction that the calling thread is in finds them, one look-up at a time. */
record StoredTokens(SqliteConnection connection, TokenRepository tokens, LedgerRepository ledger)
        implements ChangingTokens {
    @Override
    public boolean isEmpty() {
        return tokens.any() == 0;
    }

    @Override
    public TokenId nextId() {
        return new TokenId(ledger.nextTokenId());
    }

    @Override
    public Optional<Token> find(TokenId id) {
        return whole(tokens.findById(id.value()));
    }

    /** Does nothing: the next look-up finds it. */
    @Override
    public void fold(TokenEvent event) {}

    @Override
    public Optional<Token> find(TokenName name) {
        return whole(tokens.findByName(name.value()));
    }

    @Override
    public Optional<Token> find(TokenDigest digest) {
        return whole(tokens.findByDigest(digest)).or(() -> findByFormer(digest));
    }

    private Optional<Token> findByFormer(TokenDigest digest) {
        try {
            OptionalLong owner = FormerSecrets.owner(connection, digest);
            return owner.isPresent() ? find(new TokenId(owner.getAsLong())) : Optional.empty();
        } catch (SQLException e) {
            throw new DataAccessException("the secrets that tokens had cannot be searched", e);
        }
    }

    private Optional<Token> whole(Optional<TokenRow> row) {
        return row.map(found -> found.toToken(former(found)));
    }

    private List<FormerSecret> former(TokenRow row) {
        try {
            return FormerSecrets.of(connection, row.id());
        } catch (SQLException e) {
            throw new DataAccessException("the secrets that a token had cannot be read", e);
        }
    }
}
