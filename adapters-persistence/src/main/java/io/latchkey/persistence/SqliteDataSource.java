package io.latchkey.persistence;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.PropertySource;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * All that it takes for Micronaut Data to live with SQLite, for which it has no dialect: it gets the connection of the
 * {@link Lane} that its caller is in, may neither close it nor change its mode, and is told that it speaks ANSI SQL.
 */
final class SqliteDataSource implements DataSource {
    /** The connection of the lane that the current thread is in. */
    static final ScopedValue<SqliteConnection> CURRENT = ScopedValue.newInstance();

    @Override
    public Connection getConnection() {
        return CURRENT.get();
    }

    @Override
    public Connection getConnection(String user, String password) {
        return CURRENT.get();
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

    /** A connection that outlives its users. */
    static final class SqliteConnection extends JDBC4Connection {
        private Predicate<SqliteConnection> mayClose = _ -> true;
        private boolean done;

        SqliteConnection(String file, Properties properties) throws SQLException {
            // The image has the library beside it and says where.
            if (System.getProperty(NativeLibrary.FOLDER) == null) {
                NativeLibrary.load();
            }
            super("jdbc:sqlite:" + file, file, properties);
        }

        /** Sets what is asked once before it closes for good, and may keep it open. */
        void beforeClosing(Predicate<SqliteConnection> question) {
            mayClose = question;
        }

        /** Does nothing: Data says it before every query, and sqlite-jdbc refuses it after the first. */
        @Override
        public void setReadOnly(boolean readOnly) {}

        /** Does nothing: Data says it after every query. */
        @Override
        public void close() {}

        void closeForGood() throws SQLException {
            if (!done) {
                done = true;
                if (mayClose.test(this)) {
                    super.close();
                }
            }
        }
    }

    /** Micronaut Data brings no pool of its own, so none has to be switched off. */
    @Factory
    @Requires(property = SqliteFile.PROPERTY)
    static final class Bean {
        @Singleton
        @Named("default")
        DataSource dataSource() {
            return new SqliteDataSource();
        }
    }

    /** Micronaut Data knows a data source only by its properties, even if there is a bean. */
    @ContextConfigurer
    public static final class Dialect implements ApplicationContextConfigurer {
        /** For Micronaut, which looks for it on the class path and passes over what is not public. */
        public Dialect() {}

        @Override
        public void configure(ApplicationContextBuilder builder) {
            builder.propertySources(PropertySource.of("sqlite", Map.of("datasources.default.dialect", "ANSI")));
        }
    }
}
