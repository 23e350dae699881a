package io.latchkey.persistence.jdbc;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tokens in the tables, read with one query for each call inside the transaction of a connection. */
record StoredTokens(Connection connection) implements MutableTokens {
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws SQLException;
    }

    private static <T> T answer(Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    private TokenTable tokens() {
        return new TokenTable(connection);
    }

    @Override
    public boolean isEmptyBut(Set<TokenId> without) {
        return answer(() -> without.containsAll(tokens().firstIds(without.size() + 1)));
    }

    @Override
    public TokenId nextId() {
        return answer(() -> new TokenId(new LedgerTable(connection).nextTokenId()));
    }

    @Override
    public Optional<Token> find(TokenId id) {
        return answer(() -> whole(tokens().find(id.value())));
    }

    /** Does nothing: the change is written before the next query, which sees it. */
    @Override
    public void apply(TokenEvent event) {}

    @Override
    public Optional<Token> find(TokenName name) {
        return answer(() -> whole(tokens().find(name.value())));
    }

    @Override
    public Optional<Token> find(TokenDigest digest) {
        return answer(() -> whole(tokens().find(digest)));
    }

    /** The tokens with some names or digests, with two queries, or one if there are none. */
    List<Token> findAll(List<TokenName> names, List<TokenDigest> digests) {
        return answer(() -> tokens().findAll(names, digests));
    }

    private Optional<Token> whole(Optional<TokenRow> row) throws SQLException {
        return row.isEmpty()
                ? Optional.empty()
                : Optional.of(row.get()
                        .toToken(FormerSecretTable.of(connection, row.get().id())));
    }
}
