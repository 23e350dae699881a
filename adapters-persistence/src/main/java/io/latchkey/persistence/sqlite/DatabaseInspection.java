package io.latchkey.persistence.sqlite;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseDiagnosis;
import io.latchkey.application.TokenStore;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Diagnoses a database file for {@code latchkey doctor}; reads only, and the file may be in use. */
record DatabaseInspection(Path file) {
    /** The largest number of damaged places that SQLite reports. */
    private static final int MOST_DAMAGE = 10;

    /** The version of the SQLite library. */
    static String library() {
        try {
            SqliteConnection connection = new SqliteConnection(":memory:", new Properties());
            try {
                return connection.libversion();
            } finally {
                connection.closeForGood();
            }
        } catch (SQLException e) {
            throw new AuthorityUnavailable("SQLite's library cannot be loaded", e);
        }
    }

    /** Reads the whole file; throws {@link AuthorityUnavailable} if it is not a Latchkey database or cannot be read. */
    DatabaseDiagnosis result() {
        PrivateFile.refuseUnreadable(file);
        try {
            SqliteConnection connection = SqliteFile.openReadOnly(file);
            try (Statement statement = connection.createStatement()) {
                return result(connection, statement);
            } finally {
                connection.closeForGood();
            }
        } catch (SQLException e) {
            throw SqliteErrors.with(file, e);
        }
    }

    private DatabaseDiagnosis result(SqliteConnection connection, Statement statement) throws SQLException {
        if (!Schema.isMarked(connection)) {
            throw new AuthorityUnavailable(file + " " + SqliteErrors.NOT_OURS);
        }
        int schema = Schema.version(connection);
        List<String> damage = damage(statement);
        if (damage.isEmpty()) {
            damage = foreign(connection, schema);
        }
        return new DatabaseDiagnosis(
                schema,
                Path.of(file + "-wal").toFile().length(),
                damage,
                damage.isEmpty() ? newest(statement) : Optional.empty(),
                damage.isEmpty() && schema == Schema.VERSION ? firstBroken() : OptionalLong.empty(),
                damage.isEmpty() && schema == Schema.VERSION ? withOrigins(statement) : 0,
                new DatabaseNames(file).obstacle(),
                new DatabaseNames(file).mixedOwners());
    }

    private static List<String> damage(Statement statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("PRAGMA integrity_check(" + MOST_DAMAGE + ")")) {
            while (row.next()) {
                row.getString(1).lines().forEach(lines::add);
            }
        } catch (SQLiteException e) {
            if (e.getResultCode() != SQLiteErrorCode.SQLITE_CORRUPT) {
                throw e;
            }
            lines.add("its schema cannot be read");
        }
        return lines.equals(List.of("ok")) ? List.of() : lines;
    }

    private static List<String> foreign(SqliteConnection connection, int schema) throws SQLException {
        Optional<String> foreign =
                schema == Schema.VERSION ? Schema.foreign(connection) : Schema.triggerOrView(connection);
        return foreign.map(object -> List.of("it contains " + object)).orElse(List.of());
    }

    private static Optional<Instant> newest(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT coalesce(max(at), -1) FROM ledger")) {
            long at = row.getLong(1);
            return at < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
        }
    }

    private static int withOrigins(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM token WHERE origins IS NOT NULL")) {
            return row.getInt(1);
        }
    }

    private OptionalLong firstBroken() {
        try (TokenStore store = SqliteTokenStore.open(file)) {
            return store.firstBroken();
        }
    }
}
