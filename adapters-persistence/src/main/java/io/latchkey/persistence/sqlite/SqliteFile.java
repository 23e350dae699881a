package io.latchkey.persistence.sqlite;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.TemporaryFile;
import io.latchkey.application.TemporaryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * Opens connections to a database file. The first connection creates a missing file, refuses a file that is not a Latchkey
 * database or is newer, and migrates an older one.
 *
 * <p>Does nothing before the first connection, so that the caller gets the exception, not wrapped by a container.
 * Thread-safe.
 */
final class SqliteFile {
    private static final int BUSY_MILLIS = 5_000;
    private static final int PATIENCE = 100;
    private static final long PATIENCE_NANOS = 10_000_000;

    // sqlite-jdbc has no access to SQLITE_DBCONFIG_DEFENSIVE. The two fullfsync affect only macOS, where a plain fsync
    // leaves the newest commits in the disk's cache.
    private static final String PRAGMAS = """
            PRAGMA foreign_keys = ON;
            PRAGMA trusted_schema = OFF;
            PRAGMA cell_size_check = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA synchronous = FULL;
            PRAGMA fullfsync = ON;
            PRAGMA checkpoint_fullfsync = ON;
            """;

    private final Path path;
    private final OpenFiles files;
    private volatile boolean checked;

    SqliteFile(Path path) {
        this.path = path.toAbsolutePath().normalize();
        this.files = new OpenFiles(new DatabaseNames(this.path));
    }

    Path path() {
        return path;
    }

    /**
     * A new connection. The first one creates, checks and migrates the file under a lock; later ones take no lock, so that
     * the watch of the ledger never waits for a reader that connects.
     *
     * @throws AuthorityUnavailable if the file cannot be used
     */
    SqliteConnection connect() {
        if (!checked) {
            return connectFirst();
        }
        refuseIfMoved();
        try {
            return noted(open(path));
        } catch (SQLException e) {
            throw SqliteErrors.with(path, e);
        }
    }

    private synchronized SqliteConnection connectFirst() {
        if (checked) {
            return connect(); // another thread was faster
        }
        try {
            refuseUnlessOurs();
            if (!PrivateFile.exists(path)) {
                DatabaseNames.refuseNameBeside(path);
                refuseLogAlone(path);
                PrivateFile.create(path, this::fill);
            }
            TemporaryFolder.removeAbandoned(TemporaryFile.parent(DatabaseNames.real(path)));
            if (!PrivateFile.isWritable(path)) {
                return connectReadOnly();
            }
            refuseIfTornApart();
            SqliteConnection connection = open(path);
            try {
                bringUpToDate(connection);
            } catch (SQLException | RuntimeException e) {
                connection.closeForGood();
                throw e;
            }
            var _ = noted(connection);
            checked = true;
            return connection;
        } catch (SQLException e) {
            throw SqliteErrors.with(path, e);
        }
    }

    /** For a file that this user can only read, such as a copy on a read-only medium; SQLite refuses every write. */
    private SqliteConnection connectReadOnly() throws SQLException {
        SqliteConnection connection = openReadOnly(path);
        try {
            int version = Schema.version(connection);
            refuseNewer(version);
            if (version < Schema.VERSION) {
                throw refused(
                        "is from an older Latchkey and cannot be upgraded, because this user cannot write it: make a"
                                + " copy with `latchkey restore`");
            }
            refuse(Schema.foreign(connection));
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.closeForGood();
            throw e;
        }
    }

    private SqliteConnection noted(SqliteConnection connection) throws SQLException {
        try {
            files.add(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.closeForGood();
            throw e;
        }
    }

    /** Throws {@link AuthorityUnavailable} if a file was moved, deleted or replaced, see {@link OpenFiles}. */
    void refuseIfMoved() {
        files.refuseIfMoved();
    }

    /** The same after a commit, which must be visible to other processes before it is acknowledged. */
    void refuseIfLost() {
        files.refuseIfLost();
    }

    /**
     * Refuses a database that another process has open while a file beside it is missing: neither process would see the
     * writes of the other.
     */
    private void refuseIfTornApart() {
        for (int i = 0; isTornApart(); i++) {
            if (i == PATIENCE) {
                throw refused("is in use, but files beside it were removed: stop all processes that use it, then start"
                        + " them again");
            }
            LockSupport.parkNanos(PATIENCE_NANOS); // it may be opening or closing just now
        }
    }

    private boolean isTornApart() {
        DatabaseNames names = new DatabaseNames(path);
        return (Files.notExists(names.beside(DatabaseNames.WAL)) || Files.notExists(names.beside(DatabaseNames.SHM)))
                && FileLocks.isOpenElsewhere(names.file());
    }

    /** Creates the tables in a temporary file, before it is renamed to its final name. */
    private void fill(Path draft) {
        try {
            SqliteConnection connection = open(draft);
            try {
                bringUpToDate(connection);
            } finally {
                connection.closeForGood();
            }
        } catch (SQLException e) {
            throw SqliteErrors.with(path, e);
        }
    }

    /** A connection to an existing file, without any check. */
    static SqliteConnection open(Path path) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        SqliteConnection connection = new SqliteConnection(uri(path), config.toProperties());
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(PRAGMAS);
        } catch (SQLException e) {
            connection.closeForGood();
            throw e;
        }
        return connection;
    }

    /**
     * A read-only connection. If SQLite cannot create {@code -shm} beside the file, the file is opened as immutable, because
     * otherwise SQLite would need {@code -shm}.
     */
    static SqliteConnection openReadOnly(Path path) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        DatabaseNames names = new DatabaseNames(path);
        boolean shared = PrivateFile.isWritable(path) || Files.exists(names.beside(DatabaseNames.SHM));
        if (!shared && names.beside(DatabaseNames.WAL).toFile().length() > 0) {
            throw new AuthorityUnavailable(names.beside(DatabaseNames.WAL)
                    + " contains changes that can be read only in a folder this user can write: copy both files there");
        }
        return new SqliteConnection(uri(path) + (shared ? "?mode=ro" : "?mode=ro&immutable=1"), config.toProperties());
    }

    /**
     * Checks the file's header without a lock, a log or a journal, so that a file of another program is not changed.
     *
     * <p>Reads only the header: another process may be writing the log into the file, or was killed while it did. Then the
     * header counts pages that are missing, and the schema may be on them.
     */
    private void refuseUnlessOurs() throws SQLException {
        boolean exists = PrivateFile.exists(path);
        SqliteConnection probe =
                new SqliteConnection(exists ? uri(path) + "?mode=ro&immutable=1" : ":memory:", new Properties());
        try (Statement statement = probe.createStatement()) {
            SqliteVersion library = SqliteVersion.parse(probe.libversion());
            if (!library.isSafe()) {
                throw refused("is not opened with SQLite " + library + ", which can corrupt it: use "
                        + SqliteVersion.OLDEST + " or newer");
            }
            if (!exists) {
                return;
            }
            statement.executeUpdate("PRAGMA writable_schema = ON"); // SQLite then ignores the missing pages
            if (!Schema.isMarked(probe)) {
                throw refused(SqliteErrors.NOT_OURS);
            }
            refuseNewer(Schema.version(probe));
        } finally {
            probe.closeForGood();
        }
    }

    /** Refuses a log without its database: SQLite would write it into a new database of the same name. */
    static void refuseLogAlone(Path path) {
        for (String suffix : new String[] {DatabaseNames.WAL, DatabaseNames.JOURNAL}) {
            Path log = new DatabaseNames(path).beside(suffix);
            // In this order, because a process that creates the same file now creates its log after it.
            if (Files.exists(log) && Files.notExists(path)) {
                throw new AuthorityUnavailable(
                        log + " belongs to a database that no longer exists: move it away first");
            }
        }
    }

    private void bringUpToDate(SqliteConnection connection) throws SQLException {
        int version = Schema.version(connection);
        refuseNewer(version); // the check of the header did not read the log
        if (version < Schema.VERSION) {
            refuse(Schema.triggerOrView(connection)); // it could change the result of a migration
            // Before the log of a new file is switched on, so that the application id is in the file and not in the
            // log.
            Schema.migrate(connection);
        }
        refuse(Schema.foreign(connection));
        try (Statement statement = connection.createStatement()) {
            boolean logged;
            try (ResultSet row = statement.executeQuery("PRAGMA journal_mode")) {
                logged = row.getString(1).equals("wal");
            }
            if (!logged) {
                statement.execute("PRAGMA journal_mode = WAL");
            }
        }
    }

    private void refuse(Optional<String> foreign) {
        if (foreign.isPresent()) {
            throw refused("contains " + foreign.get() + ": another program changed the file; restore a backup");
        }
    }

    private void refuseNewer(int version) {
        if (version > Schema.VERSION) {
            throw refused("was written by a newer Latchkey (schema " + version + ", this one supports " + Schema.VERSION
                    + "): use that version or a newer one");
        }
    }

    /** The exception for a call of a closed store. */
    AuthorityUnavailable closed() {
        return refused("was closed: open it again");
    }

    private AuthorityUnavailable refused(String sentence) {
        return new AuthorityUnavailable(path + " " + sentence);
    }

    /** The path as a URI, because the driver splits a plain path at question marks. */
    static String uri(Path path) {
        return "file:" + path.toUri().getRawPath();
    }
}
