package io.latchkey.persistence.jdbc;

import io.latchkey.application.AuthorityUnavailable;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection to the database that one thread uses at a time; others wait. After a failure the next work gets a new
 * connection.
 *
 * <p>Every method throws {@link AuthorityUnavailable} if the database fails or the session is closed. Work must not use the
 * session itself.
 */
public interface Session extends AutoCloseable {
    /** Work on a connection; must neither keep nor close it. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Runs work without a transaction, for a single statement. */
    <T> T call(Work<T> work);

    /** Runs work that only reads, in one transaction, so that it sees one consistent state. */
    <T> T read(Work<T> work);

    /**
     * Runs work in one transaction that excludes all other writers from its beginning; any exception rolls it back. The
     * changes are durable when this returns, except in a session of {@link Database#openRelaxed}.
     */
    <T> T write(Work<T> work);

    @Override
    void close();
}
