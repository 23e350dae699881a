package io.latchkey.persistence.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An SQL statement that can be run on any connection; {@code values} replace its {@code ?} in order. */
record Sql(String text) {
    /** Reads the current row of a result set; must not move to another row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** An {@code INSERT} with all columns of a table. */
    static Sql insert(String table, Columns<?> columns) {
        return new Sql("INSERT INTO " + table + " (" + columns.list() + ") VALUES (" + columns.markers() + ")");
    }

    /** So many {@code ?}, separated by commas; for none {@code NULL}, which equals nothing, as PostgreSQL knows no empty list. */
    static String markers(int count) {
        return count == 0 ? "NULL" : String.join(", ", Collections.nCopies(count, "?"));
    }

    /** Runs an {@code INSERT}, {@code UPDATE} or {@code DELETE}. */
    void run(Connection connection, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, values)) {
            statement.executeUpdate();
        }
    }

    /** Runs an {@code INSERT} for each of some lists of values, all at once. */
    void runAll(Connection connection, List<@Nullable Object[]> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (@Nullable Object[] values : rows) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
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

    /** The integer in the first column of a query that returns one row. */
    long number(Connection connection) throws SQLException {
        return first(connection, row -> row.getLong(1)).orElseThrow();
    }

    /** Calls the reader for each row and drops what it returns, for queries with too many rows for a list. */
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
