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
 * The database file: made when it is missing, refused when it is not as it should be, and only then connected to.
 *
 * <p>Nothing is touched before the first connection is asked for, so that the refusal reaches whoever asked and is not
 * wrapped by the container.
 */
final class SqliteFile {
    private static final int BUSY_MILLIS = 5_000;
    private static final int PATIENCE = 100;
    private static final long PATIENCE_NANOS = 10_000_000;

    // SQLITE_DBCONFIG_DEFENSIVE is out of reach of sqlite-jdbc. The two fullfsync matter on macOS only, where anything
    // less leaves the newest commits in the disk's cache.
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
     * A new connection; the first makes or checks the file, and brings its tables up to date. Nobody waits after that: who
     * watches the ledger must not, for somebody who connects to read.
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
            return connect(); // somebody was faster
        }
        try {
            refuseUnlessOurs();
            if (!PrivateFile.exists(path)) {
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

    /** For a file that this user can only read, as a copy on another medium; whatever changes it is refused. */
    private SqliteConnection connectReadOnly() throws SQLException {
        SqliteConnection connection = openReadOnly(path);
        try {
            int version = Schema.version(connection);
            refuseNewer(version);
            if (version < Schema.VERSION) {
                throw refused(
                        "is of an older Latchkey and cannot be written: `latchkey restore` makes one of it that can");
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

    /** Refuses once the files are no longer found by their names, see {@link OpenFiles}. */
    void refuseIfMoved() {
        files.refuseIfMoved();
    }

    /** The same after a commit, which must be found by others before it is acknowledged. */
    void refuseIfLost() {
        files.refuseIfLost();
    }

    /**
     * Refuses a database that another process has open while a file beside it is gone: that process goes on with what
     * nobody else finds, and neither would see what the other writes.
     */
    private void refuseIfTornApart() {
        for (int i = 0; isTornApart(); i++) {
            if (i == PATIENCE) {
                throw refused("is in use, but files beside it were removed: stop every process that uses it, and start"
                        + " again");
            }
            LockSupport.parkNanos(PATIENCE_NANOS); // it may be opening or closing just now
        }
    }

    private boolean isTornApart() {
        DatabaseNames names = new DatabaseNames(path);
        return (Files.notExists(names.beside(DatabaseNames.WAL)) || Files.notExists(names.beside(DatabaseNames.SHM)))
                && FileLocks.isOpenElsewhere(names.file());
    }

    /** Makes a whole database of an empty file, before anybody sees it under its name. */
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

    /** A connection to a file as it is. */
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
     * A connection that changes nothing. Where nothing can be made beside the file, SQLite is told that nobody changes it:
     * else it would want to share it with others through {@code -shm}.
     */
    static SqliteConnection openReadOnly(Path path) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        DatabaseNames names = new DatabaseNames(path);
        boolean shared = PrivateFile.isWritable(path) || Files.exists(names.beside(DatabaseNames.SHM));
        if (!shared && names.beside(DatabaseNames.WAL).toFile().length() > 0) {
            throw new AuthorityUnavailable(names.beside(DatabaseNames.WAL)
                    + " holds changes, which can be read only where this user can write: copy both there");
        }
        return new SqliteConnection(uri(path) + (shared ? "?mode=ro" : "?mode=ro&immutable=1"), config.toProperties());
    }

    /**
     * Looks at the file's header without a lock, a log or a journal, so that a file of somebody else's stays as it is.
     *
     * <p>At no more than the header: the log may be going into the file at this moment, or may have been when a process
     * was killed, and then the header counts pages that are not there yet, and the schema may lie on them.
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
            statement.executeUpdate("PRAGMA writable_schema = ON"); // lets SQLite do without the pages
            if (!Schema.isMarked(probe)) {
                throw refused(SqliteErrors.NOT_OURS);
            }
            refuseNewer(Schema.version(probe));
        } finally {
            probe.closeForGood();
        }
    }

    /** Refuses a log without its file, which SQLite would take for that of a new one and write into it. */
    static void refuseLogAlone(Path path) {
        for (String suffix : new String[] {DatabaseNames.WAL, DatabaseNames.JOURNAL}) {
            Path log = new DatabaseNames(path).beside(suffix);
            // In this order: whoever makes the same file at the same time makes its log after it.
            if (Files.exists(log) && Files.notExists(path)) {
                throw new AuthorityUnavailable(log + " is left of a database that is gone: move it away first");
            }
        }
    }

    private void bringUpToDate(SqliteConnection connection) throws SQLException {
        int version = Schema.version(connection);
        refuseNewer(version); // the probe did not see what is in the log only
        if (version < Schema.VERSION) {
            refuse(Schema.triggerOrView(connection)); // it could act in a migration
            // In a new file before the log is switched on, so that the mark is where the probe looks for it.
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
            throw refused("holds " + foreign.get() + ": another program changed the file; restore a backup");
        }
    }

    private void refuseNewer(int version) {
        if (version > Schema.VERSION) {
            throw refused("was written by a newer Latchkey (schema " + version + ", this one knows " + Schema.VERSION
                    + "): use that version or a newer one");
        }
    }

    /** The refusal of work on a store of this file that was closed. */
    AuthorityUnavailable closed() {
        return refused("was closed: open it again");
    }

    private AuthorityUnavailable refused(String sentence) {
        return new AuthorityUnavailable(path + " " + sentence);
    }

    /** As a URI, because SQLite's driver takes a plain path apart at question marks. */
    static String uri(Path path) {
        return "file:" + path.toUri().getRawPath();
    }
}
