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
 * Detects that a file of the open database was moved, deleted or replaced. Files are compared by their device and inode.
 *
 * <p>An open connection keeps using its files after that: it would acknowledge writes that no other process can see, and
 * not see the writes of others. SQLite deletes {@code -wal} and {@code -shm} only when the last connection of all processes
 * closes, so while this process has a connection open, every change of these names is a fault. Thread-safe.
 */
final class OpenFiles {
    private static final String RESTART_ALL = "stop all processes that use the database, then start them again";

    private final DatabaseNames names;
    private final Set<SqliteConnection> connections = new HashSet<>();
    /** The device and inode of the database file; null until the first connection. */
    private volatile @Nullable Object main;
    /** Those of the files beside it; null while no connection is open. */
    private volatile @Nullable Beside beside;

    /** Whether the log was saved, see {@link #saveLog}. */
    private boolean saved;

    private record Beside(@Nullable Object wal, @Nullable Object shm) {}

    OpenFiles(DatabaseNames names) {
        this.names = names;
    }

    /** Registers a new connection until it closes. */
    synchronized void add(SqliteConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            row.getInt(1); // SQLite opens -wal and -shm at the first read
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
     * Unregisters a connection; returns whether it may be closed. If a file was replaced, closing could write into or delete
     * a file of another process, so the connection stays open until the process ends.
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
     * Throws {@link AuthorityUnavailable} if a name no longer leads to the file that is open. Takes no lock while the files
     * are unchanged, so that it never waits for a thread that is connecting.
     */
    void refuseIfMoved() {
        Object database = main;
        if (database != null && !database.equals(key(names.file()))) {
            throw refused(names.file(), "move it back, or restart this process");
        }
        Beside opened = beside;
        if (opened == null) {
            return;
        }
        Beside current = look();
        if (!opened.equals(current) && opened.equals(beside)) {
            if (current.wal == null) {
                var _ = saveLog();
            }
            String suffix = Objects.equals(opened.wal, current.wal) ? DatabaseNames.SHM : DatabaseNames.WAL;
            throw refused(names.beside(suffix), RESTART_ALL);
        }
    }

    /** The same check after a commit; passes if the committed log could be saved into the database. */
    void refuseIfLost() {
        try {
            refuseIfMoved();
        } catch (AuthorityUnavailable e) {
            if (!saveLog()) {
                throw e;
            }
        }
    }

    /**
     * Writes a deleted log into the database file if that file is still in place, so that acknowledged writes are not lost;
     * returns whether this succeeded. Does nothing if there is a new log, because then another process has written.
     */
    private synchronized boolean saveLog() {
        Beside opened = beside;
        Beside current = look();
        boolean alone = opened != null
                && current.wal == null
                && (current.shm == null || current.shm.equals(opened.shm))
                && Objects.equals(main, key(names.file()));
        if (!alone) {
            return false;
        }
        for (SqliteConnection connection : connections) {
            if (saved) {
                break;
            }
            saved = checkpoint(connection);
        }
        return saved;
    }

    /** Writes the whole log into the database; returns whether this succeeded. */
    private static boolean checkpoint(SqliteConnection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(FULL)")) {
            return row.getInt(1) == 0 && row.getInt(2) == row.getInt(3);
        } catch (SQLException e) {
            return false; // in a transaction: the next connection may succeed
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

    private static AuthorityUnavailable refused(Path path, String remedy) {
        return new AuthorityUnavailable(path + " is no longer the file that was opened: " + remedy);
    }
}
