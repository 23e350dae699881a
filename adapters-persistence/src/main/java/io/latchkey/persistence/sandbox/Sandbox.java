package io.latchkey.persistence.sandbox;

import io.latchkey.application.table.SystemTables;
import io.latchkey.application.table.SystemTokens;
import io.latchkey.application.table.Table;
import io.latchkey.application.table.Table.Cell;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.persistence.sqlite.SqliteConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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

/**
 * A database of its own that holds {@code system.tokens}, for one statement of which the worst is expected.
 *
 * <p>What the statement reads is settled by {@link StatementGuard} before it runs, and before the table is filled. A single step of
 * it is short because no value is long and no function slow; a clock is looked at between the steps and wherever a value
 * is compared in Java. The table, and what the statement must put aside to sort or group, SQLite keeps in a few MiB, and
 * beyond in temporary files without a name.
 */
final class Sandbox implements AutoCloseable {
    private static final int MOST_ROWS = 100_000;
    private static final int LONGEST_VALUE = 1 << 15;
    private static final int LONGEST_NAME = 500;
    private static final int STEPS_BETWEEN_LOOKS = 25;
    private static final int ROWS_BETWEEN_LOOKS = 1_000;

    /** What a cell takes in memory beside its text, in bytes. */
    private static final int WEIGHT_OF_CELL = 32;

    private static final int SCHEMA = 2; // after SQLite's own main and temp
    private static final int FIRST_PAGE = 2; // the first is the schema's

    private final SystemTokens tokens;
    private final Duration longest;
    private final SqliteConnection connection;
    private TimeLimit limit;
    private final TimestampCollation moments = new TimestampCollation(() -> limit().isOver());

    /**
     * A sandbox around some tokens.
     *
     * @param longest how long a statement may run; to fill the table is not counted
     */
    Sandbox(SystemTokens tokens, Instant now, Duration longest) throws SQLException {
        this.tokens = tokens;
        this.longest = longest;
        this.limit = TimeLimit.of(longest);
        connection = new SqliteConnection(":memory:", new Properties());
        try {
            Collation.create(connection, TimestampCollation.NAME, moments);
            SqlFunctions.addTo(connection, now);
            create();
            lock();
        } catch (SQLException | RuntimeException e) {
            connection.closeForGood();
            throw e;
        }
    }

    private TimeLimit limit() {
        return limit;
    }

    private void create() throws SQLException {
        String columns = tokens.columns().stream().map(Sandbox::declaration).collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA trusted_schema = OFF");
            // A file that has no name, and is written only when there is more than the cache holds.
            statement.executeUpdate("ATTACH '' AS system");
            statement.executeUpdate("PRAGMA system.cache_size = -8192");
            statement.executeUpdate("PRAGMA system.synchronous = OFF");
            statement.executeUpdate("CREATE TABLE system.tokens (" + columns + ")");
            // SQLite would take the one for the other; InfluxDB keeps the tables of its users under a name that goes
            // unsaid.
            statement.executeUpdate("CREATE TABLE main.tokens (" + columns + ")");
        }
    }

    private void fill() throws SQLException {
        String marks = tokens.columns().stream().map(_ -> "?").collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("BEGIN");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO system.tokens VALUES (" + marks + ")")) {
                int rows = 0;
                for (Token token : tokens.tokens()) {
                    for (int i = 0; i < tokens.columns().size(); i++) {
                        set(insert, i + 1, tokens.columns().get(i).value().apply(token));
                    }
                    insert.executeUpdate();
                    if (++rows % ROWS_BETWEEN_LOOKS == 0
                            && Thread.currentThread().isInterrupted()) {
                        throw new TokenFailure.BadQuery("cancelled: the client has left");
                    }
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
                    case MOMENT -> " TEXT COLLATE " + TimestampCollation.NAME;
                };
    }

    private static void set(PreparedStatement insert, int place, Cell cell) throws SQLException {
        switch (cell) {
            case Cell.Whole(var value) -> insert.setLong(place, value);
            case Cell.Real(var value) -> insert.setDouble(place, value);
            case Cell.Text(var value) -> insert.setString(place, value);
            case Cell.Nothing _ -> insert.setNull(place, Types.NULL);
        }
    }

    private void lock() throws SQLException {
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_COLUMN, 200);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_EXPR_DEPTH, 100);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_COMPOUND_SELECT, 50);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_VDBE_OP, 25_000);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_TRIGGER_DEPTH, 0);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_WORKER_THREADS, 0);
    }

    /** What a statement finds; {@link TokenFailure.BadQuery} for one that cannot or may not be answered. */
    Table answer(String sql) {
        try {
            if (StatementGuard.of(connection, sql, SCHEMA, FIRST_PAGE) == StatementGuard.READS_TOKENS) {
                fill();
            }
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("PRAGMA query_only = ON");
                limit = TimeLimit.of(longest);
                ProgressHandler.setHandler(connection, STEPS_BETWEEN_LOOKS, new ProgressHandler() {
                    @Override
                    protected int progress() {
                        return limit().isOver() ? 1 : 0;
                    }
                });
                try (ResultSet row = statement.executeQuery(sql)) {
                    Table answer = read(row);
                    moments.checkAllRead();
                    return answer;
                }
            }
        } catch (SQLException e) {
            moments.checkAllRead(); // then that is why it ended
            throw new TokenFailure.BadQuery(QueryErrors.sentence(e));
        }
    }

    private static Table read(ResultSet row) throws SQLException {
        List<String> columns = columns(row);
        List<List<Cell>> rows = new ArrayList<>();
        long weight = 0;
        while (row.next()) {
            List<Cell> cells = new ArrayList<>(columns.size());
            for (int i = 1; i <= columns.size(); i++) {
                Cell cell = cell(row.getObject(i));
                weight += WEIGHT_OF_CELL + (cell instanceof Cell.Text(var text) ? text.length() : 0);
                cells.add(cell);
            }
            rows.add(cells);
            if (rows.size() > MOST_ROWS || weight > 2 * SystemTables.MOST_BYTES) {
                throw new TokenFailure.BadQuery("the answer is longer than " + MOST_ROWS + " rows or "
                        + SystemTables.MOST_BYTES / (1 << 20) + " MiB: ask for less with WHERE or LIMIT");
            }
        }
        return new Table(columns, Collections.unmodifiableList(rows));
    }

    private static List<String> columns(ResultSet row) throws SQLException {
        List<String> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            String name = row.getMetaData().getColumnLabel(i);
            if (name.length() > LONGEST_NAME) {
                throw new TokenFailure.BadQuery("the name of a column has at most " + LONGEST_NAME
                        + " characters: give it another name with AS");
            }
            if (!seen.add(name)) {
                throw new TokenFailure.BadQuery(QueryErrors.shown(
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
        connection.closeForGood();
    }
}
