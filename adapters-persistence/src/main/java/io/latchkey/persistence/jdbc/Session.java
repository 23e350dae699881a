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
    /** Something done on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Runs work without a transaction, for a single statement. */
    <T> T call(Work<T> work);

    /** Runs work that only reads, in one transaction: it sees everything as of one moment. */
    <T> T read(Work<T> work);

    /**
     * Runs work in one transaction that excludes all other writers from its beginning; a failure undoes it. When this
     * returns, the changes are durable.
     */
    <T> T write(Work<T> work);

    @Override
    void close();
}
