package io.latchkey.persistence;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.persistence.SqliteDataSource.SqliteConnection;
import io.micronaut.data.exceptions.DataAccessException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection, used by one thread at a time: opened when it is first needed, and given up after any trouble, so that
 * nothing of a failed act is left when the next one begins.
 *
 * <p>Transactions are begun and ended here in SQL, not by Micronaut Data's transaction manager: it would call the
 * driver's {@code commit()}, which begins the next transaction at once, keeps the write lock, and makes a commit that
 * succeeded look failed if that beginning fails.
 */
final class Lane implements AutoCloseable {
    /** Something done on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(SqliteConnection connection) throws SQLException;
    }

    private final SqliteFile file;
    private final Work<?> preparation;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable SqliteConnection open;
    private boolean closed;

    Lane(SqliteFile file) {
        this(file, _ -> file);
    }

    /** With something to be done first on each connection. */
    Lane(SqliteFile file, Work<?> preparation) {
        this.file = file;
        this.preparation = preparation;
    }

    /** Does something on the connection, with {@link SqliteDataSource#CURRENT} bound to it. */
    <T> T call(Work<T> work) {
        turn.lock();
        try {
            if (turn.getHoldCount() > 1) {
                throw new IllegalStateException("a change cannot be decided inside another");
            }
            SqliteConnection connection = connection();
            return ScopedValue.where(SqliteDataSource.CURRENT, connection).call(() -> work.on(connection));
        } catch (SQLException | DataAccessException e) {
            giveUp();
            throw SqliteTrouble.with(file.path(), e);
        } finally {
            turn.unlock();
        }
    }

    /** Reads in one transaction: everything as it was at one moment. */
    <T> T read(Work<T> work) {
        return call(connection -> transaction(connection, "BEGIN", work));
    }

    /** Reads and writes in one transaction, alone from the beginning. */
    <T> T write(Work<T> work) {
        return call(connection -> {
            file.refuseIfMoved(); // SQLite would acknowledge what nobody finds
            T result = transaction(connection, "BEGIN IMMEDIATE", work);
            file.refuseIfLost();
            return result;
        });
    }

    private static <T> T transaction(SqliteConnection connection, String begin, Work<T> work) throws SQLException {
        execute(connection, begin);
        T result;
        try {
            result = work.on(connection);
        } catch (SQLException | DataAccessException e) {
            throw e; // the connection is given up, and the transaction with it
        } catch (RuntimeException | Error e) {
            execute(connection, "ROLLBACK");
            throw e;
        }
        execute(connection, "COMMIT");
        return result;
    }

    private static void execute(SqliteConnection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private SqliteConnection connection() throws SQLException {
        if (closed) {
            throw new AuthorityUnavailable(file.path() + " was closed: open it again");
        }
        SqliteConnection connection = open;
        if (connection == null) {
            connection = file.connect();
            open = connection;
            var _ = preparation.on(connection);
        }
        return connection;
    }

    private void giveUp() {
        SqliteConnection connection = open;
        open = null;
        if (connection != null) {
            try {
                connection.closeForGood();
            } catch (SQLException e) {
                // It is of no use any more; what was wrong with it is being reported already.
                return;
            }
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            giveUp();
        } finally {
            turn.unlock();
        }
    }
}
