package io.latchkey.persistence;

import io.latchkey.application.SystemTokens;
import io.latchkey.application.Table;
import io.latchkey.application.Table.Cell;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqlite.Collation;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteLimits;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * A database in memory that holds {@code system.tokens}, for one statement of which the worst is expected.
 *
 * <p>What it reads is settled by {@link Plan} before it runs. A single step of it is short because no value is long and
 * no function slow; a clock is looked at between the steps. What it must put aside to sort or group SQLite keeps in a
 * few MiB, and beyond in a temporary file without a name.
 */
final class Sandbox implements AutoCloseable {
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_CHARACTERS = 1 << 25;
    private static final int LONGEST_VALUE = 1 << 15;
    private static final int STEPS_BETWEEN_LOOKS = 100;

    private static final int SCHEMA = 2; // after SQLite's own main and temp
    private static final int FIRST_PAGE = 2; // the first is the schema's

    private final JDBC4Connection connection;
    private final Moments moments = new Moments();

    Sandbox(SystemTokens tokens, Instant now, Duration longest) throws SQLException {
        connection = new JDBC4Connection("jdbc:sqlite::memory:", ":memory:", new Properties());
        try {
            Collation.create(connection, Moments.NAME, moments);
            SqlFunctions.addTo(connection, now);
            fill(tokens);
            lock(longest);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void fill(SystemTokens tokens) throws SQLException {
        String columns = tokens.columns().stream().map(Sandbox::declaration).collect(Collectors.joining(", "));
        String marks = tokens.columns().stream().map(_ -> "?").collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA trusted_schema = OFF");
            statement.executeUpdate("ATTACH ':memory:' AS system");
            statement.executeUpdate("CREATE TABLE system.tokens (" + columns + ")");
            statement.executeUpdate("BEGIN");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO system.tokens VALUES (" + marks + ")")) {
                for (Token token : tokens.tokens()) {
                    for (int i = 0; i < tokens.columns().size(); i++) {
                        insert.setObject(
                                i + 1, value(tokens.columns().get(i).value().apply(token)));
                    }
                    insert.executeUpdate();
                }
            }
            statement.executeUpdate("COMMIT");
        }
    }

    private static String declaration(SystemTokens.Column column) {
        return column.name()
                + switch (column.kind()) {
                    // Makes the order of the rows that of the ids.
                    case WHOLE -> column.name().equals("token_id") ? " INTEGER PRIMARY KEY" : " INTEGER";
                    case TEXT -> " TEXT";
                    case MOMENT -> " TEXT COLLATE " + Moments.NAME;
                };
    }

    private static @Nullable Object value(Cell cell) {
        return switch (cell) {
            case Cell.Whole(var value) -> value;
            case Cell.Real(var value) -> value;
            case Cell.Text(var value) -> value;
            case Cell.Nothing _ -> null;
        };
    }

    private void lock(Duration longest) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA query_only = ON");
        }
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_COLUMN, 200);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_EXPR_DEPTH, 100);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_COMPOUND_SELECT, 50);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_VDBE_OP, 25_000);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_TRIGGER_DEPTH, 0);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_WORKER_THREADS, 0);
        long end = System.nanoTime() + longest.toNanos();
        ProgressHandler.setHandler(connection, STEPS_BETWEEN_LOOKS, new ProgressHandler() {
            @Override
            protected int progress() {
                return System.nanoTime() - end > 0 ? 1 : 0;
            }
        });
    }

    /** What a statement finds; {@link TokenFailure.BadQuery} for one that cannot or may not be answered. */
    Table answer(String sql) {
        try {
            Plan.check(connection, sql, SCHEMA, FIRST_PAGE);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                Table answer = read(row);
                moments.checkAllRead();
                return answer;
            }
        } catch (SQLException e) {
            throw new TokenFailure.BadQuery(SqlTrouble.sentence(e));
        }
    }

    private static Table read(ResultSet row) throws SQLException {
        List<String> columns = columns(row);
        List<List<Cell>> rows = new ArrayList<>();
        long characters = 0;
        while (row.next()) {
            List<Cell> cells = new ArrayList<>(columns.size());
            for (int i = 1; i <= columns.size(); i++) {
                Cell cell = cell(row.getObject(i));
                characters += cell instanceof Cell.Text(var text) ? text.length() : 1;
                cells.add(cell);
            }
            rows.add(cells);
            if (rows.size() > MOST_ROWS || characters > MOST_CHARACTERS) {
                throw new TokenFailure.BadQuery("the answer is longer than " + MOST_ROWS + " rows or "
                        + MOST_CHARACTERS / (1 << 20) + " MiB: ask for less with WHERE or LIMIT");
            }
        }
        return new Table(columns, rows);
    }

    private static List<String> columns(ResultSet row) throws SQLException {
        List<String> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            String name = row.getMetaData().getColumnLabel(i);
            if (!seen.add(name)) {
                throw new TokenFailure.BadQuery(SqlTrouble.shown(
                        "Error during planning: two columns are called " + name + ": give one another name with AS"));
            }
            columns.add(name);
        }
        return columns;
    }

    private static Cell cell(@Nullable Object value) {
        return switch (value) {
            case null -> Cell.Nothing.NULL;
            case Integer number -> new Cell.Whole(number);
            case Long number -> new Cell.Whole(number);
            case Double number -> new Cell.Real(number);
            case byte[] bytes -> new Cell.Text(HexFormat.of().formatHex(bytes));
            default -> new Cell.Text(value.toString());
        };
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
