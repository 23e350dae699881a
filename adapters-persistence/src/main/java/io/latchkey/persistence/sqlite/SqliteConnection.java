package io.latchkey.persistence.sqlite;

import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Predicate;
import org.sqlite.jdbc4.JDBC4Connection;

/** A connection to SQLite that stays open until its owner closes it for good. */
public final class SqliteConnection extends JDBC4Connection {
    private Predicate<SqliteConnection> mayClose = _ -> true;
    private boolean done;

    /**
     * Connects to a file, or to a new database in memory.
     *
     * @param file a path or URI as SQLite takes it
     */
    public SqliteConnection(String file, Properties properties) throws SQLException {
        // The image has the library beside it and says where.
        if (System.getProperty(NativeLibrary.FOLDER) == null) {
            NativeLibrary.load();
        }
        super("jdbc:sqlite:" + file, file, properties);
    }

    /** Sets a condition that is tested once before the connection closes for good; if it is false, it stays open. */
    void beforeClosing(Predicate<SqliteConnection> condition) {
        mayClose = condition;
    }

    /** Does nothing: Micronaut Data calls it before every query, and sqlite-jdbc refuses it after the first. */
    @Override
    public void setReadOnly(boolean readOnly) {}

    /** Does nothing: Micronaut Data calls it after every query. */
    @Override
    public void close() {}

    /** Closes the connection, unless the condition of {@link #beforeClosing} is false; further calls do nothing. */
    public void closeForGood() throws SQLException {
        if (!done) {
            done = true;
            if (mayClose.test(this)) {
                super.close();
            }
        }
    }
}
