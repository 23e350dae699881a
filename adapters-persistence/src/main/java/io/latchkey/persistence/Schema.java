package io.latchkey.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of a database, and the scripts {@code V1.sql}, {@code V2.sql}, … that lead from any older ones to them. */
final class Schema {
    /** The newest version, the one this program works with. */
    static final int VERSION = 5;

    /** Marks a database as Latchkey's in its header: "LkEy". */
    static final int APPLICATION_ID = 0x4c6b4579;

    private Schema() {}

    static int version(Connection connection) throws SQLException {
        return pragma(connection, "user_version");
    }

    /** Whether a database says in its header that it is Latchkey's. */
    static boolean isMarked(Connection connection) throws SQLException {
        return pragma(connection, "application_id") == APPLICATION_ID;
    }

    private static int pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.getInt(1);
        }
    }

    /** Brings an older or empty database up to {@link #VERSION}, at once or not at all. */
    static void migrate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");
            try {
                // Another process may have been faster.
                for (int version = version(connection) + 1; version <= VERSION; version++) {
                    statement.executeUpdate(script("V" + version + ".sql"));
                    statement.executeUpdate("PRAGMA user_version = " + version);
                }
                statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
                statement.executeUpdate("COMMIT");
            } catch (SQLException | RuntimeException e) {
                statement.executeUpdate("ROLLBACK");
                throw e;
            }
        }
    }

    private static String script(String name) {
        try (InputStream script = Schema.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("the migration " + name + " is not on the class path");
            }
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
