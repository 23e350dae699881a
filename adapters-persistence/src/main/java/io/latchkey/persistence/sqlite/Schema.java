package io.latchkey.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.persistence.jdbc.ChainHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** The tables of a database, and the scripts {@code V1.sql}, {@code V2.sql}, … that migrate any older version to them. */
final class Schema {
    /** The newest version, which this program uses. */
    static final int VERSION = 10;

    /** The application id in the header of a Latchkey database: "LkEy". */
    static final int APPLICATION_ID = 0x4c6b4579;

    /** The {@link #fingerprint} of the schema that the scripts create. */
    static final String FINGERPRINT = "ce790d1abcbe05986ade99e41faa8e27243b850e57ca9a6057fc40d041367a86";

    /** Excludes the tables of SQLite's ANALYZE, which affect only the speed of queries. */
    private static final String STATISTICS = " name NOT IN ('sqlite_stat1', 'sqlite_stat4')";

    private Schema() {}

    /** The version of a database's schema; 0 for a new database. */
    static int version(Connection connection) throws SQLException {
        return pragma(connection, "user_version");
    }

    /** Whether a database has Latchkey's application id in its header. */
    static boolean isMarked(Connection connection) throws SQLException {
        return pragma(connection, "application_id") == APPLICATION_ID;
    }

    private static int pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.getInt(1);
        }
    }

    /** Migrates an older or empty database to {@link #VERSION} in one transaction. */
    static void migrate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");
            try {
                // The version is read inside the transaction, since another process may have migrated before.
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

    /**
     * Describes an object in a database of the newest version that the scripts do not create; empty if there is none. A
     * trigger, a view or a changed table could change what is stored or read.
     */
    static Optional<String> foreign(Connection connection) throws SQLException {
        Optional<String> active = triggerOrView(connection);
        return active.isPresent() || fingerprint(connection).equals(FINGERPRINT)
                ? active
                : Optional.of("tables that differ from Latchkey's");
    }

    /** Describes the first trigger or view of a database; no version of Latchkey creates any. */
    static Optional<String> triggerOrView(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view') ORDER BY name LIMIT 1")) {
            return row.next()
                    ? Optional.of("a " + row.getString(1) + " that Latchkey did not create (" + row.getString(2) + ")")
                    : Optional.empty();
        }
    }

    /** The SHA-256 over type, name, table and definition of all objects of a schema, ordered by type and name. */
    static String fingerprint(Connection connection) throws SQLException {
        MessageDigest digester = ChainHash.digester();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT type || char(10) || name || char(10) || tbl_name || char(10) || coalesce(sql, '')"
                                + " || char(0) FROM sqlite_schema WHERE" + STATISTICS + " ORDER BY type, name")) {
            while (row.next()) {
                digester.update(row.getString(1).getBytes(UTF_8));
            }
        }
        return new ChainHash(digester.digest()).toString();
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
