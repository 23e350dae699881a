package io.latchkey.persistence;

import io.latchkey.persistence.SqliteDataSource.SqliteConnection;
import io.micronaut.data.exceptions.DataAccessException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement on the connection of the {@link Lane} that the calling thread is in; what goes wrong with it is told as
 * Micronaut Data tells it.
 */
record Sql(String text) {
    /** What one row is made into. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** An insertion into some columns of a table. */
    static Sql insert(String table, String columns) {
        String marks = String.join(", ", Collections.nCopies(columns.split(",").length, "?"));
        return new Sql("INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")");
    }

    void run(@Nullable Object... values) {
        try (PreparedStatement statement = prepare(values)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new DataAccessException("cannot " + text, e);
        }
    }

    <T> List<T> all(Reader<T> reader, @Nullable Object... values) {
        List<T> all = new ArrayList<>();
        each(row -> all.add(reader.read(row)), values);
        return all;
    }

    /** Lets each row be read, for rows that are too many to be made into anything. */
    void each(Reader<?> reader, @Nullable Object... values) {
        try (PreparedStatement statement = prepare(values);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                var _ = reader.read(row);
            }
        } catch (SQLException e) {
            throw new DataAccessException("cannot " + text, e);
        }
    }

    private PreparedStatement prepare(@Nullable Object... values) throws SQLException {
        SqliteConnection connection = SqliteDataSource.CURRENT.get();
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
