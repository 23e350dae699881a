package io.latchkey.persistence.sqlite;

import static java.util.Objects.requireNonNull;

import io.latchkey.persistence.jdbc.LedgerTable;
import io.latchkey.persistence.jdbc.SessionWatch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Polls the newest revision at a cost of a few microseconds: reads it only when SQLite's {@code data_version} has changed,
 * that is, after another connection of any process has committed. This connection never writes, so it misses no commit.
 *
 * <p>Every {@value #CALLS_PER_FILE_CHECK} calls it also checks that the files are still in place.
 */
final class RevisionPoller extends SessionWatch {
    /** A check of the files every 50 ms while the ledger is polled every 2 ms, every 200 ms while no verdicts are given. */
    static final int CALLS_PER_FILE_CHECK = 25;

    private final SqliteFile file;
    private final SerialConnection session;
    // The fields below are guarded by the session.
    private @Nullable PreparedStatement dataVersion;
    private boolean hasVersion;
    private long lastVersion;
    private long revision;
    private int calls;

    RevisionPoller(SqliteFile file) {
        this.file = file;
        session = new SerialConnection(file, this::prepare);
    }

    @Override
    protected SerialConnection session() {
        return session;
    }

    /** Waits, and then polls: SQLite does not notify other processes of a commit. */
    @Override
    public long awaitRevision(long after, Duration atMost) {
        if (atMost.isPositive()) {
            LockSupport.parkNanos(atMost.toNanos());
        }
        return session.call(this::poll);
    }

    private PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement("PRAGMA data_version");
        dataVersion = prepared;
        hasVersion = false;
        return prepared;
    }

    private long poll(Connection connection) throws SQLException {
        calls++;
        if (calls >= CALLS_PER_FILE_CHECK) {
            file.refuseIfMoved();
            calls = 0; // not reached if a file was moved, so the next call checks again
        }
        // Before the revision, so that a commit in between changes the version of the next call.
        long version = number(requireNonNull(dataVersion));
        if (!hasVersion || version != lastVersion) {
            revision = new LedgerTable(connection).newestRevision();
            lastVersion = version;
            hasVersion = true;
        }
        return revision;
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
