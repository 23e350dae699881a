package io.latchkey.persistence.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Gives Micronaut Data the connection of the {@link Session} in which the repository is called. The session begins and ends
 * transactions and closes the connection; Micronaut Data does neither.
 */
public final class SessionDataSource implements DataSource {
    private final CurrentConnection current;

    /** @param current has a connection on each thread that calls a repository */
    public SessionDataSource(CurrentConnection current) {
        this.current = current;
    }

    @Override
    public Connection getConnection() {
        return current.get();
    }

    @Override
    public Connection getConnection(String user, String password) {
        return current.get();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
