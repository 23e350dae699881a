package io.latchkey.persistence.jdbc;

import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The statements on the table {@code token}, run on one connection; tokens are returned in the order of their ids. */
record TokenTable(Connection connection) {
    private static final String SELECT = "SELECT " + TokenRow.SELECTED + " FROM token WHERE ";
    private static final Sql BY_ID = new Sql(SELECT + "id = ?");
    private static final Sql BY_NAME = new Sql(SELECT + "name = ?");
    private static final Sql BY_DIGEST = new Sql(SELECT + "id = coalesce("
            + "(SELECT id FROM token WHERE digest = ?), (SELECT token_id FROM former_secret WHERE digest = ?))");
    private static final Sql FIRST_IDS = new Sql("SELECT id FROM token ORDER BY id LIMIT ?");
    private static final Sql LAST_OF_PAGE =
            new Sql("SELECT id FROM (SELECT id FROM token WHERE id >= ? ORDER BY id LIMIT ?) AS page"
                    + " ORDER BY id DESC LIMIT 1");
    private static final String RANGE = SELECT + "id BETWEEN ? AND ? ORDER BY id";
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";

    /** All rows that may break a rule of tokens; the database passes over plain ones faster than Java reads them. */
    private static final String SUSPECTS = SELECT + """
            (id BETWEEN 0 AND 4503599627370496
                AND version BETWEEN 1 AND 4503599627370496
                AND length(name) BETWEEN 1 AND 128
                AND rtrim(name, '<plain>') = ''
                AND length(digest) = 64
                AND length(description) <= 1000
                AND rtrim(description, '<plain> ') = ''
                AND (expires_at IS NULL OR expires_at BETWEEN 0 AND 253402300799999)
                AND created_at BETWEEN 0 AND 253402300799999
                AND (created_by IS NULL OR created_by BETWEEN 0 AND 4503599627370496)
                AND changed_at IS NULL
                AND changed_by IS NULL
                AND generation = 1
                AND disabled_at IS NULL
                AND disabled_reason IS NULL
                AND rotation_key IS NULL
                AND rotated_at IS NULL
                AND permissions IS NULL
                AND origins IS NULL
                AND not_before IS NULL
                AND owner IS NULL
                AND labels IS NULL
                AND routes IS NULL) IS NOT TRUE
            ORDER BY id""".replace("<plain>", PLAIN);

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

    /** The row whose current secret has a digest, or else one of its former secrets. */
    Optional<TokenRow> find(TokenDigest digest) throws SQLException {
        return BY_DIGEST.first(connection, TokenRow::read, digest.bytes(), digest.bytes());
    }

    /** The tokens with one of the names, or with one of the digests among those of its current and former secrets. */
    List<Token> findAll(List<TokenName> names, List<TokenDigest> digests) throws SQLException {
        @Nullable
        Object[] values = Stream.of(
                        names.stream().map(TokenName::value),
                        digests.stream().map(TokenDigest::bytes),
                        digests.stream().map(TokenDigest::bytes))
                .flatMap(all -> all)
                .toArray();
        String digestMarkers = Sql.markers(digests.size());
        Sql query = new Sql(SELECT + "id IN (SELECT id FROM token WHERE name IN (" + Sql.markers(names.size())
                + ") UNION SELECT id FROM token WHERE digest IN (" + digestMarkers
                + ") UNION SELECT token_id FROM former_secret WHERE digest IN (" + digestMarkers + "))");
        List<TokenRow> rows = query.all(connection, TokenRow::read, values);
        Map<Long, List<FormerSecret>> former = rows.isEmpty()
                ? Map.of()
                : FormerSecretTable.of(
                        connection, rows.stream().map(TokenRow::id).toList());
        return rows.stream()
                .map(row -> row.toToken(former.getOrDefault(row.id(), List.of())))
                .toList();
    }

    /** The lowest ids, {@code count} at most. */
    List<TokenId> firstIds(int count) throws SQLException {
        return FIRST_IDS.all(connection, row -> new TokenId(row.getLong(1)), count);
    }

    /** All tokens. */
    List<Token> all() throws SQLException {
        return between(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** The tokens with ids from the first to the last. */
    List<Token> between(long first, long last) throws SQLException {
        List<Token> tokens = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(RANGE)) {
            query.setLong(1, first);
            query.setLong(2, last);
            each(query, FormerSecretTable.between(connection, first, last), tokens::add);
        }
        return tokens;
    }

    /** The first {@code count} tokens with ids of at least {@code from}. */
    List<Token> page(long from, int count) throws SQLException {
        Optional<Long> last = LAST_OF_PAGE.first(connection, row -> row.getLong(1), from, count);
        return last.isEmpty() ? List.of() : between(from, last.get());
    }

    /** Throws a {@link DamagedRow} if a row breaks a rule of tokens. */
    void check() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SUSPECTS)) {
            each(query, FormerSecretTable.between(connection, Long.MIN_VALUE, Long.MAX_VALUE), _ -> {});
        }
    }

    private static void each(PreparedStatement query, Map<Long, List<FormerSecret>> former, Consumer<Token> consumer)
            throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                TokenRow read = TokenRow.read(row);
                consumer.accept(read.toToken(former.getOrDefault(read.id(), List.of())));
            }
        }
    }

    void insert(TokenRow row) throws SQLException {
        INSERT.run(connection, TokenRow.COLUMNS.values(row));
    }

    void insertAll(List<TokenRow> rows) throws SQLException {
        INSERT.runAll(connection, rows.stream().map(TokenRow.COLUMNS::values).toList());
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
