package io.latchkey.persistence.sqlite;

import io.latchkey.application.AuthorityUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of a database that this process has open, and whether they still are what others find by their names.
 *
 * <p>An open connection goes on with its files when their names are taken away: it would acknowledge what nobody finds,
 * and see nothing of what others write. As long as this process has a connection open, no orderly close, by whichever
 * process, deletes {@code -wal} and {@code -shm}, since SQLite deletes them only for the last: so any change of a name
 * is one too many.
 */
final class OpenFiles {
    private static final String START_AGAIN = "stop every process that uses the database, and start again";

    private final DatabaseNames names;
    private final Set<SqliteConnection> connections = new HashSet<>();
    /** What the database is known by, once it was opened. */
    private volatile @Nullable Object main;
    /** What the files beside it are known by, while a connection is open. */
    private volatile @Nullable Beside beside;

    private boolean rescued;

    private record Beside(@Nullable Object wal, @Nullable Object shm) {}

    OpenFiles(DatabaseNames names) {
        this.names = names;
    }

    /** Takes note of a connection, and is told when it closes. */
    synchronized void add(SqliteConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            row.getInt(1); // only a connection that has read has all its files open
        }
        if (main == null) {
            main = key(names.file());
        }
        if (beside == null) {
            beside = look();
        }
        connections.add(connection);
        connection.beforeClosing(this::remove);
    }

    /**
     * Whether a connection may be closed: not if that could write into, or delete, files that are others' by now. Such a
     * connection is left to the end of the process.
     */
    private synchronized boolean remove(SqliteConnection connection) {
        Object database = key(names.file());
        if (!Objects.equals(look(), beside) || (database != null && !database.equals(main))) {
            return false;
        }
        connections.remove(connection);
        if (connections.isEmpty()) {
            beside = null;
        }
        return true;
    }

    /**
     * Refuses once a name leads to another file than the one that is open, or to none. Waits for nobody who is
     * connecting, as long as nothing is wrong.
     */
    void refuseIfMoved() {
        Object database = main;
        if (database != null && !database.equals(key(names.file()))) {
            throw refused(names.file(), "put it back, or start again");
        }
        Beside known = beside;
        if (known == null) {
            return;
        }
        Beside now = look();
        if (!known.equals(now) && known.equals(beside)) {
            if (now.wal == null) {
                var _ = rescue();
            }
            String suffix = Objects.equals(known.wal, now.wal) ? DatabaseNames.SHM : DatabaseNames.WAL;
            throw refused(names.beside(suffix), START_AGAIN);
        }
    }

    /** The same after a commit: it is found by others if the log was, or if it could be written into the database. */
    void refuseIfLost() {
        try {
            refuseIfMoved();
        } catch (AuthorityUnavailable e) {
            if (!rescue()) {
                throw e;
            }
        }
    }

    /**
     * Writes a log that has lost its name into the database, while that has its own: what was acknowledged is found there
     * by whoever opens it next. If there is a new log, others have written, and nothing may be touched.
     */
    private synchronized boolean rescue() {
        Beside known = beside;
        Beside now = look();
        boolean alone = known != null
                && now.wal == null
                && (now.shm == null || now.shm.equals(known.shm))
                && Objects.equals(main, key(names.file()));
        if (!alone) {
            return false;
        }
        for (SqliteConnection each : connections) {
            if (rescued) {
                break;
            }
            rescued = isWritten(each);
        }
        return rescued;
    }

    private static boolean isWritten(SqliteConnection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(FULL)")) {
            return row.getInt(1) == 0 && row.getInt(2) == row.getInt(3);
        } catch (SQLException e) {
            return false; // in the middle of something: the next connection may do it
        }
    }

    private Beside look() {
        return new Beside(key(names.beside(DatabaseNames.WAL)), key(names.beside(DatabaseNames.SHM)));
    }

    private static @Nullable Object key(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    private static AuthorityUnavailable refused(Path path, String cure) {
        return new AuthorityUnavailable(path + " is not the file any more that was opened: " + cure);
    }
}
