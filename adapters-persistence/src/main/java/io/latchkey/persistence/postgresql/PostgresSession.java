package io.latchkey.persistence.postgresql;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.persistence.jdbc.DamagedRow;
import io.latchkey.persistence.jdbc.Session;
import io.latchkey.persistence.jdbc.UncheckedSqlException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A session on one connection to PostgreSQL, which is opened at the first use and discarded after any failure, so that the
 * next work starts in a clean state, on the primary of that moment.
 */
class PostgresSession implements Session {
    private static final String CONSISTENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";

    /** How long a connection is trusted without being asked; shorter than most pauses, longer than those under load. */
    private static final Duration IDLE = Duration.ofMillis(100);

    /** How long a connection may take to answer that it still is one. */
    private static final Duration ANSWER = Duration.ofMillis(500);

    private final PostgresServer server;
    private final Timeouts timeouts;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable PostgresConnection open;
    private volatile boolean closed;
    /** When the connection was last used. Guarded by {@code lock}. */
    private long usedAt;

    PostgresSession(PostgresServer server, Timeouts timeouts) {
        this.server = server;
        this.timeouts = timeouts;
    }

    /** Runs a task on a connection for it alone, for what is rarely asked. */
    static <T> T once(PostgresServer server, Task<T> task) {
        try (PostgresSession session = new PostgresSession(server, Timeouts.SHORT)) {
            return session.task(task);
        }
    }

    @FunctionalInterface
    interface Task<T> {
        T on(PostgresConnection connection) throws SQLException;
    }

    @Override
    public <T> T call(Work<T> work) {
        return task(work::on);
    }

    /** Runs a task in auto-commit mode. */
    final <T> T task(Task<T> task) {
        lock.lock();
        try {
            if (lock.getHoldCount() > 1) {
                throw new IllegalStateException("work must not use its own session");
            }
            dropIfBroken();
            return task.on(connection());
        } catch (SQLException | UncheckedSqlException | DamagedRow e) {
            discard();
            throw server.errors().with(e);
        } finally {
            usedAt = System.nanoTime();
            lock.unlock();
        }
    }

    /** Asks a connection that was idle for an answer, so that no work fails because the server was restarted meanwhile. */
    private void dropIfBroken() {
        PostgresConnection connection = open;
        if (connection == null || System.nanoTime() - usedAt < IDLE.toNanos()) {
            return;
        }
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(ANSWER.toMillis()));
            execute(connection, "");
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(timeouts.network().toMillis()));
        } catch (SQLException e) {
            discard();
        }
    }

    @Override
    public <T> T read(Work<T> work) {
        return task(connection -> transaction(connection, () -> {
            execute(connection, CONSISTENT);
            return work.on(connection);
        }));
    }

    @Override
    public <T> T write(Work<T> work) {
        return task(connection -> transaction(connection, () -> work.on(connection)));
    }

    @FunctionalInterface
    interface Steps<T> {
        T run() throws SQLException;
    }

    /** Runs steps in one transaction; rolls back if they throw. */
    private static <T> T transaction(PostgresConnection connection, Steps<T> steps) throws SQLException {
        T result = begun(connection, steps);
        connection.commit();
        connection.setAutoCommit(true);
        return result;
    }

    /** Begins a transaction and runs steps in it; rolls back if they throw. */
    static <T> T begun(PostgresConnection connection, Steps<T> steps) throws SQLException {
        connection.setAutoCommit(false);
        try {
            return steps.run();
        } catch (SQLException | UncheckedSqlException | DamagedRow e) {
            throw e; // the connection is discarded, and the transaction with it
        } catch (RuntimeException | Error e) {
            connection.rollback();
            connection.setAutoCommit(true);
            throw e;
        }
    }

    private static void execute(PostgresConnection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private PostgresConnection connection() {
        if (closed) {
            throw server.closed();
        }
        PostgresConnection connection = open;
        if (connection == null) {
            connection = server.connect(timeouts);
            open = connection;
        }
        return connection;
    }

    final void discard() {
        PostgresConnection connection = open;
        open = null;
        if (connection != null) {
            connection.closeForGood();
        }
    }

    /** Closes the connection even while it works, whose work then throws an {@link AuthorityUnavailable}. */
    @Override
    public void close() {
        closed = true;
        discard();
    }
}
