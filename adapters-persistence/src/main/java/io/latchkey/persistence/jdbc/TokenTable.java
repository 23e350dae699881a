package io.latchkey.persistence.jdbc;

import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements on the table {@code token}, run on one connection; tokens are returned in the order of their ids. */
record TokenTable(Connection connection) {
    private static final String SELECT = "SELECT " + TokenRow.SELECTED + " FROM token WHERE ";
    private static final Sql BY_ID = new Sql(SELECT + "id = ?");
    private static final Sql BY_NAME = new Sql(SELECT + "name = ?");
    private static final Sql BY_DIGEST = new Sql(SELECT + "digest = ?");
    private static final Sql ANY = new Sql("SELECT EXISTS (SELECT 1 FROM token)");
    private static final Sql LAST_OF_PAGE =
            new Sql("SELECT id FROM (SELECT id FROM token WHERE id >= ? ORDER BY id LIMIT ?) AS page"
                    + " ORDER BY id DESC LIMIT 1");
    private static final String RANGE = SELECT + "id >= ? AND id < ? ORDER BY id";
    private static final Sql INSERT = Sql.insert("token", TokenRow.COLUMNS);
    private static final Sql UPDATE = new Sql("UPDATE token SET " + TokenRow.COLUMNS.assignments() + " WHERE id = ?");
    private static final Sql DELETE = new Sql("DELETE FROM token WHERE id = ?");

    /** The row with an id. */
    Optional<TokenRow> find(long id) throws SQLException {
        return BY_ID.first(connection, TokenRow::read, id);
    }

    /** The row with a name. */
    Optional<TokenRow> find(String name) throws SQLException {
        return BY_NAME.first(connection, TokenRow::read, name);
    }

    /** The row whose current secret has a digest. */
    Optional<TokenRow> find(TokenDigest digest) throws SQLException {
        return BY_DIGEST.first(connection, TokenRow::read, digest.bytes());
    }

    boolean isEmpty() throws SQLException {
        return ANY.number(connection) == 0;
    }

    /** All tokens. */
    List<Token> all() throws SQLException {
        return between(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** The tokens with ids in {@code [from, to)}. */
    List<Token> between(long from, long to) throws SQLException {
        return tokens(from, to, FormerSecretTable.all(connection));
    }

    /** The first {@code count} tokens with ids of at least {@code from}. */
    List<Token> page(long from, int count) throws SQLException {
        Optional<Long> last = LAST_OF_PAGE.first(connection, row -> row.getLong(1), from, count);
        return last.isEmpty()
                ? List.of()
                : tokens(from, last.get() + 1, FormerSecretTable.between(connection, from, last.get()));
    }

    private List<Token> tokens(long from, long to, Map<Long, List<FormerSecret>> former) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(RANGE)) {
            query.setLong(1, from);
            query.setLong(2, to);
            try (ResultSet row = query.executeQuery()) {
                List<Token> tokens = new ArrayList<>();
                while (row.next()) {
                    TokenRow read = TokenRow.read(row);
                    tokens.add(read.toToken(former.getOrDefault(read.id(), List.of())));
                }
                return tokens;
            }
        }
    }

    void insert(TokenRow row) throws SQLException {
        INSERT.run(connection, TokenRow.COLUMNS.values(row));
    }

    void update(TokenRow row) throws SQLException {
        @Nullable Object[] values = TokenRow.COLUMNS.values(row);
        @Nullable Object[] andId = new @Nullable Object[values.length + 1];
        System.arraycopy(values, 0, andId, 0, values.length);
        andId[values.length] = row.id();
        UPDATE.run(connection, andId);
    }

    void delete(long id) throws SQLException {
        DELETE.run(connection, id);
    }
}
