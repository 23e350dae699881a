package io.latchkey.persistence.sqlite;

import io.latchkey.persistence.jdbc.DamagedRow;
import io.latchkey.persistence.jdbc.Session;
import io.latchkey.persistence.jdbc.UncheckedSqlException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A session on one SQLite connection, which is opened at the first use and discarded after any failure, so that the next
 * work starts in a clean state.
 *
 * <p>Begins and ends transactions with SQL statements. The driver's {@code commit()} begins the next transaction at once,
 * keeps the write lock, and reports a successful commit as failed if that next transaction cannot begin.
 */
final class SerialConnection implements Session {
    private final SqliteFile file;
    private final Work<?> preparation;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SqliteConnection open;
    private boolean closed;

    SerialConnection(SqliteFile file) {
        this(file, _ -> file);
    }

    /** @param preparation done first on each new connection */
    SerialConnection(SqliteFile file, Work<?> preparation) {
        this.file = file;
        this.preparation = preparation;
    }

    @Override
    public <T> T call(Work<T> work) {
        lock.lock();
        try {
            if (lock.getHoldCount() > 1) {
                throw new IllegalStateException("work must not use its own session");
            }
            return work.on(connection());
        } catch (SQLException | UncheckedSqlException | DamagedRow e) {
            discard();
            throw SqliteErrors.with(file.path(), e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T> T read(Work<T> work) {
        return call(connection -> transaction(connection, "BEGIN", work));
    }

    @Override
    public <T> T write(Work<T> work) {
        return call(connection -> {
            file.refuseIfMoved(); // SQLite would acknowledge a write that no other process can see
            T result = transaction(connection, "BEGIN IMMEDIATE", work);
            file.refuseIfLost();
            return result;
        });
    }

    private static <T> T transaction(Connection connection, String begin, Work<T> work) throws SQLException {
        execute(connection, begin);
        T result;
        try {
            result = work.on(connection);
        } catch (SQLException | UncheckedSqlException | DamagedRow e) {
            throw e; // the connection is discarded, and the transaction with it
        } catch (RuntimeException | Error e) {
            execute(connection, "ROLLBACK");
            throw e;
        }
        execute(connection, "COMMIT");
        return result;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private SqliteConnection connection() throws SQLException {
        if (closed) {
            throw file.closed();
        }
        SqliteConnection connection = open;
        if (connection == null) {
            connection = file.connect();
            open = connection;
            var _ = preparation.on(connection);
        }
        return connection;
    }

    private void discard() {
        SqliteConnection connection = open;
        open = null;
        if (connection != null) {
            try {
                connection.closeForGood();
            } catch (SQLException e) {
                // The failure before this one is reported.
                return;
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            discard();
        } finally {
            lock.unlock();
        }
    }
}
