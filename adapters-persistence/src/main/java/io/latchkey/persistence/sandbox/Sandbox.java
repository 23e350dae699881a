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
 * A private database with the table {@code system.tokens}, for one statement of an untrusted user.
 *
 * <p>{@link StatementGuard} checks what the statement reads before the statement runs and before the table is filled. The
 * time is limited: it is checked between steps and wherever Java compares values, and each step is short, because values
 * have at most 32 KiB and slow functions are refused. Memory is limited: SQLite keeps up to 8 MiB of the table, and of
 * temporary results, in memory and the rest in unnamed temporary files; a result has at most 100,000 rows and
 * {@link SystemTables#MOST_BYTES}.
 */
final class Sandbox implements AutoCloseable {
    private static final int MOST_ROWS = 100_000;
    private static final int LONGEST_VALUE = 1 << 15;
    private static final int LONGEST_NAME = 500;
    private static final int STEPS_BETWEEN_CHECKS = 25;
    private static final int ROWS_BETWEEN_CHECKS = 1_000;

    /** The memory of a cell without its text, in bytes. */
    private static final int WEIGHT_OF_CELL = 32;

    private static final int SCHEMA = 2; // 0 is main, 1 is temp
    private static final int FIRST_PAGE = 2; // the schema is on page 1

    private final SystemTokens tokens;
    private final Duration longest;
    private final SqliteConnection connection;
    private TimeLimit limit;
    private final TimestampCollation timestamps = new TimestampCollation(() -> limit().isOver());

    /**
     * Opens a sandbox; the table is filled when a statement reads it.
     *
     * @param now the result of {@code now()}
     * @param longest the time limit of a statement, without the time to fill the table
     */
    Sandbox(SystemTokens tokens, Instant now, Duration longest) throws SQLException {
        this.tokens = tokens;
        this.longest = longest;
        this.limit = TimeLimit.of(longest);
        connection = new SqliteConnection(":memory:", new Properties());
        try {
            Collation.create(connection, TimestampCollation.NAME, timestamps);
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
            // An unnamed temporary file, written only when the cache is full.
            statement.executeUpdate("ATTACH '' AS system");
            statement.executeUpdate("PRAGMA system.cache_size = -8192");
            statement.executeUpdate("PRAGMA system.synchronous = OFF");
            statement.executeUpdate("CREATE TABLE system.tokens (" + columns + ")");
            // Without this table, SQLite would resolve a plain "tokens" to system.tokens. In InfluxDB it is a table of
            // the
            // user's database, which does not exist; StatementGuard refuses it.
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
                    if (++rows % ROWS_BETWEEN_CHECKS == 0
                            && Thread.currentThread().isInterrupted()) {
                        throw new TokenFailure.BadQuery("cancelled: the client has disconnected");
                    }
                }
            }
            statement.executeUpdate("COMMIT");
        }
    }

    private static String declaration(SystemTokens.Column column) {
        return column.name()
                + switch (column.kind()) {
                    // The primary key, so that rows are in the order of their ids.
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

    /**
     * Runs a statement.
     *
     * @throws TokenFailure.BadQuery if the statement is wrong, not allowed, or exceeds a limit
     */
    Table answer(String sql) {
        try {
            if (StatementGuard.of(connection, sql, SCHEMA, FIRST_PAGE) == StatementGuard.READS_TOKENS) {
                fill();
            }
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("PRAGMA query_only = ON");
                limit = TimeLimit.of(longest);
                ProgressHandler.setHandler(connection, STEPS_BETWEEN_CHECKS, new ProgressHandler() {
                    @Override
                    protected int progress() {
                        return limit().isOver() ? 1 : 0;
                    }
                });
                try (ResultSet row = statement.executeQuery(sql)) {
                    Table answer = read(row);
                    timestamps.checkAllParsed();
                    return answer;
                }
            }
        } catch (SQLException e) {
            timestamps.checkAllParsed(); // a malformed timestamp is the better explanation
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
                throw new TokenFailure.BadQuery("the result has more than " + MOST_ROWS + " rows or "
                        + SystemTables.MOST_BYTES / (1 << 20) + " MiB: reduce it with WHERE or LIMIT");
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
                throw new TokenFailure.BadQuery("a column name has more than " + LONGEST_NAME
                        + " characters: give the column a shorter name with AS");
            }
            if (!seen.add(name)) {
                throw new TokenFailure.BadQuery(QueryErrors.shown(
                        "Error during planning: two columns are named " + name + ": rename one of them with AS"));
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
