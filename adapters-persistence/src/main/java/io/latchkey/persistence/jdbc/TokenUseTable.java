package io.latchkey.persistence.jdbc;

import io.latchkey.application.TokenUse;
import io.latchkey.domain.TokenId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The table {@code token_use}: one row for each token and generation of its secret, with the number of uses and the last. */
final class TokenUseTable {
    private static final String SELECT = "SELECT token_id, generation, last_used_at, peer, count FROM token_use";
    private static final String ORDER = " ORDER BY token_id, generation";

    // Adds nothing for a token that no longer exists. Keeps the last use of another process if that is later.
    private static final String ADD = """
            INSERT INTO token_use (token_id, generation, last_used_at, peer, count)
            SELECT ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM token WHERE id = ?)
            ON CONFLICT (token_id, generation) DO UPDATE SET
                count = token_use.count + excluded.count,
                peer = CASE WHEN excluded.last_used_at < token_use.last_used_at
                    THEN token_use.peer ELSE excluded.peer END,
                last_used_at = CASE WHEN excluded.last_used_at < token_use.last_used_at
                    THEN token_use.last_used_at ELSE excluded.last_used_at END
            """;

    private TokenUseTable() {}

    /** Adds uses to the stored counts. */
    static void add(Connection connection, List<TokenUse> uses) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            for (TokenUse use : uses) {
                add.setLong(1, use.token().value());
                add.setInt(2, use.generation());
                add.setLong(3, use.last().toEpochMilli());
                if (use.from().isPresent()) {
                    add.setString(4, use.from().get());
                } else {
                    add.setNull(4, Types.VARCHAR);
                }
                add.setLong(5, use.count());
                add.setLong(6, use.token().value());
                add.addBatch();
            }
            var _ = add.executeBatch();
        }
    }

    /** The uses of all tokens, by id and generation. */
    static List<TokenUse> all(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT + ORDER)) {
            return read(query);
        }
    }

    /** The uses of some tokens, by id and generation. */
    static List<TokenUse> of(Connection connection, Collection<TokenId> tokens) throws SQLException {
        if (tokens.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement query = connection.prepareStatement(
                SELECT + " WHERE token_id IN (" + Sql.markers(tokens.size()) + ")" + ORDER)) {
            int place = 1;
            for (TokenId token : tokens) {
                query.setLong(place++, token.value());
            }
            return read(query);
        }
    }

    /** The uses of the tokens with ids from {@code first} to {@code last}, both included. */
    static List<TokenUse> between(Connection connection, TokenId first, TokenId last) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(SELECT + " WHERE token_id BETWEEN ? AND ?" + ORDER)) {
            query.setLong(1, first.value());
            query.setLong(2, last.value());
            return read(query);
        }
    }

    private static List<TokenUse> read(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            List<TokenUse> uses = new ArrayList<>();
            while (row.next()) {
                uses.add(DamagedRow.unless("the uses of token", row, TokenUseTable::readWhole));
            }
            return uses;
        }
    }

    private static TokenUse readWhole(ResultSet row) throws SQLException {
        return new TokenUse(
                new TokenId(row.getLong(1)),
                row.getInt(2),
                Instant.ofEpochMilli(row.getLong(3)),
                Optional.ofNullable(row.getString(4)),
                row.getLong(5));
    }
}
