package io.latchkey.persistence.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.StoreLocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of a database, and the scripts {@code V1.sql}, {@code V2.sql}, … that migrate any older version to them. */
final class PostgresSchema {
    /** The newest version, which this program uses. */
    static final int VERSION = 1;

    /** The key of the lock that migrations take: "LkEy". */
    private static final long LOCK = 0x4c6b4579;

    private PostgresSchema() {}

    /**
     * Migrates an older or empty database to {@link #VERSION} in one transaction.
     *
     * @throws AuthorityUnavailable if it is newer, or has other tables of these names
     */
    static void migrate(PostgresConnection connection, StoreLocation location) throws SQLException {
        if (version(connection, location) == VERSION) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            // Again inside the transaction, since another process may have migrated before.
            int before = version(connection, location);
            if (before == 0 && (exists(statement, "ledger") || exists(statement, "token"))) {
                throw new AuthorityUnavailable(location + " has a table of another program named ledger or token:"
                        + " give Latchkey a database of its own");
            }
            for (int version = before + 1; version <= VERSION; version++) {
                statement.execute(script("V" + version + ".sql"));
            }
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static int version(PostgresConnection connection, StoreLocation location) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!exists(statement, "ledger_head")) {
                return 0;
            }
            try (ResultSet row = statement.executeQuery("SELECT schema FROM ledger_head")) {
                int version = row.next() ? row.getInt(1) : 0;
                refuseNewer(version, location);
                return version;
            }
        }
    }

    /** Throws an {@link AuthorityUnavailable} if a newer program has migrated the database. */
    static void refuseNewer(int version, StoreLocation location) {
        if (version > VERSION) {
            throw new AuthorityUnavailable(location + " was upgraded by a newer Latchkey (schema " + version
                    + ", this one knows " + VERSION + "): start that version");
        }
    }

    /** Reads the catalog as any table: to_regclass() may answer from a cache, as of the beginning of the transaction. */
    private static boolean exists(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM pg_tables WHERE tablename = '" + table
                + "' AND schemaname = ANY (current_schemas(false)))")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static String script(String name) {
        try (InputStream script = PostgresSchema.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("the migration " + name + " is not on the class path");
            }
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
