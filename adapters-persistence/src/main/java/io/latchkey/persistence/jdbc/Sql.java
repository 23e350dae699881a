package io.latchkey.persistence.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement, run on any connection. */
record Sql(String text) {
    /** Makes a value of the row that a result set stands on. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** An insertion into all columns of a table. */
    static Sql insert(String table, Columns<?> columns) {
        return new Sql("INSERT INTO " + table + " (" + columns.list() + ") VALUES (" + columns.markers() + ")");
    }

    /** Runs an insertion, update or deletion. */
    void run(Connection connection, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, values)) {
            statement.executeUpdate();
        }
    }

    /** All rows of a query. */
    <T> List<T> all(Connection connection, Reader<T> reader, @Nullable Object... values) throws SQLException {
        List<T> all = new ArrayList<>();
        each(connection, row -> all.add(reader.read(row)), values);
        return all;
    }

    /** The first row of a query. */
    <T> Optional<T> first(Connection connection, Reader<T> reader, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, values);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
        }
    }

    /** The number in the only row of a query. */
    long number(Connection connection) throws SQLException {
        return first(connection, row -> row.getLong(1)).orElseThrow();
    }

    /** Reads each row, for queries with too many rows to keep. */
    void each(Connection connection, Reader<?> reader, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, values);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                var _ = reader.read(row);
            }
        }
    }

    private PreparedStatement prepare(Connection connection, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }
}
