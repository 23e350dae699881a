package io.latchkey.persistence.jdbc;

import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code former_secret}: the digests of the secrets that a token had before. Its rows are part of the token. */
final class FormerSecretTable {
    private static final String COLUMNS = "token_id, generation, digest, valid_until, alarmed_at";

    private FormerSecretTable() {}

    /** The former secrets of one token, newest first. */
    static List<FormerSecret> of(Connection connection, long tokenId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM former_secret WHERE token_id = ? ORDER BY place")) {
            query.setLong(1, tokenId);
            try (ResultSet row = query.executeQuery()) {
                List<FormerSecret> all = new ArrayList<>();
                while (row.next()) {
                    all.add(read(row));
                }
                return all;
            }
        }
    }

    /**
     * The former secrets of the tokens with ids from {@code first} to {@code last}, both included, by token id; a token
     * without former secrets is not in the map.
     */
    static Map<Long, List<FormerSecret>> between(Connection connection, long first, long last) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM former_secret WHERE token_id BETWEEN ? AND ? ORDER BY token_id, place")) {
            query.setLong(1, first);
            query.setLong(2, last);
            return byToken(query);
        }
    }

    /** The former secrets of some tokens, by token id; a token without former secrets is not in the map. */
    static Map<Long, List<FormerSecret>> of(Connection connection, List<Long> tokenIds) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT " + COLUMNS
                + " FROM former_secret WHERE token_id IN (" + Sql.markers(tokenIds.size())
                + ") ORDER BY token_id, place")) {
            int place = 1;
            for (long tokenId : tokenIds) {
                query.setLong(place++, tokenId);
            }
            return byToken(query);
        }
    }

    private static Map<Long, List<FormerSecret>> byToken(PreparedStatement query) throws SQLException {
        Map<Long, List<FormerSecret>> all = new HashMap<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                all.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>()).add(read(row));
            }
        }
        return all;
    }

    /** Replaces the stored former secrets of a token with those of {@code token}. */
    static void replace(Connection connection, Token token) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM former_secret WHERE token_id = ?")) {
            delete.setLong(1, token.id().value());
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO former_secret (" + COLUMNS + ", place) VALUES (?, ?, ?, ?, ?, ?)")) {
            int place = 0;
            for (FormerSecret former : token.secrets().former()) {
                insert.setLong(1, token.id().value());
                insert.setInt(2, former.generation());
                insert.setBytes(3, former.digest().bytes());
                set(insert, 4, former.until());
                set(insert, 5, former.reuseRecordedAt());
                insert.setInt(6, place++);
                insert.executeUpdate();
            }
        }
    }

    private static FormerSecret read(ResultSet row) throws SQLException {
        return DamagedRow.unless("the former secrets of token", row, FormerSecretTable::readWhole);
    }

    private static FormerSecret readWhole(ResultSet row) throws SQLException {
        return new FormerSecret(row.getInt(2), TokenDigest.ofBytes(row.getBytes(3)), instant(row, 4), instant(row, 5));
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static void set(PreparedStatement insert, int column, Optional<Instant> instant) throws SQLException {
        if (instant.isPresent()) {
            insert.setLong(column, instant.get().toEpochMilli());
        } else {
            insert.setNull(column, Types.INTEGER);
        }
    }
}
