package io.latchkey.persistence.postgresql;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.persistence.jdbc.StoreCheck;
import io.latchkey.persistence.jdbc.StoreRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Function;

/**
 * Copies of whole stores from and to PostgreSQL, while no server uses the database. The lock of the ledger's head excludes
 * changes.
 */
public final class PostgresCopies {
    private static final String LIVE =
            "SELECT name FROM node WHERE seen_at > clock_timestamp() - interval '3 seconds' ORDER BY name LIMIT 1";
    private static final String ENTRIES = "SELECT EXISTS (SELECT 1 FROM ledger) OR EXISTS (SELECT 1 FROM token)";

    /**
     * A higher epoch, so that a process that knows another ledger reads this one from its beginning. The commits of the
     * replaced ledger have the same revisions.
     */
    private static final String FINISH = """
            DELETE FROM ledger_commit;
            UPDATE ledger_head SET epoch = ledger_head.epoch + 1, lost_revision = NULL,
                revision = newest.revision, hash = newest.hash
            FROM (SELECT revision, hash FROM ledger ORDER BY revision DESC LIMIT 1) AS newest;
            NOTIFY latchkey_ledger;
            """;

    private PostgresCopies() {}

    /**
     * Runs work on all rows of a database, which is not changed meanwhile.
     *
     * @throws AuthorityUnavailable if a server uses it, or it has lost ledger entries
     */
    public static <T> T read(StoreLocation.Postgres location, Function<StoreRows, T> work) {
        try (PostgresSession session = new ExclusiveSession(new PostgresServer(location))) {
            return StoreRows.in(session, work);
        }
    }

    /**
     * Replaces all rows of a database in one transaction, at whose end the copy is verified.
     *
     * @param source the original, as error messages name it
     * @throws AuthorityUnavailable if a server uses the database, if it has tokens or a ledger that must be kept, or if the
     *     original has a broken ledger
     */
    public static LedgerCheck.Whole fill(
            StoreLocation.Postgres location, String source, StoreRows rows, Existing existing) {
        try (PostgresSession session = new PostgresSession(new PostgresServer(location), Timeouts.COPY)) {
            return session.write(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SELECT 1 FROM ledger_head FOR UPDATE");
                    refuseIfUsed(location, statement);
                    if (existing == Existing.KEPT && isTrue(statement, ENTRIES)) {
                        throw new AuthorityUnavailable(
                                location + " has tokens or a ledger already: give an empty database");
                    }
                    rows.replace(connection);
                    LedgerCheck.Whole whole = StoreCheck.whole(source, check(connection));
                    statement.execute(FINISH);
                    return whole;
                }
            });
        }
    }

    private static LedgerCheck check(Connection connection) throws SQLException {
        return new StoreCheck(connection, PostgresErrors::isOfPostgres, () -> {}).run(Optional.empty());
    }

    private static boolean isTrue(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void refuseIfUsed(StoreLocation.Postgres location, Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(LIVE)) {
            if (row.next()) {
                throw new AuthorityUnavailable(location + " is in use by the server on " + row.getString(1)
                        + ": stop all servers that use it, then wait three seconds");
            }
        }
    }

    /** A session that reads while nobody changes the store. */
    private static final class ExclusiveSession extends PostgresSession {
        private final StoreLocation.Postgres location;

        ExclusiveSession(PostgresServer server) {
            super(server, Timeouts.COPY);
            location = server.location();
        }

        @Override
        public <T> T read(Work<T> work) {
            return write(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                    if (isTrue(statement, "SELECT lost_revision IS NOT NULL FROM ledger_head FOR SHARE")) {
                        throw new AuthorityUnavailable(
                                location + " has lost ledger entries: `latchkey accept ledger` first");
                    }
                    refuseIfUsed(location, statement);
                }
                return work.on(connection);
            });
        }
    }
}
