package io.latchkey.persistence.sqlite;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.TemporaryFile;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.domain.TokenFailure;
import io.latchkey.persistence.jdbc.Session;
import io.latchkey.persistence.jdbc.StoreRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Copies of database files in other database engines, and of other engines in database files. */
public final class FileCopies {
    private FileCopies() {}

    /**
     * Runs work on all rows of a file, which is verified first and not changed. No other process may have it open, so that
     * the copy lacks no change.
     *
     * @throws AuthorityUnavailable if it is in use or not a whole database
     */
    public static <T> T read(Path file, Function<StoreRows, T> work) {
        // The copy has the tables of this version, and an exclusive lock on the original does not get in its way.
        return unused(
                file,
                () -> DatabaseCopy.of(file.toString(), SqliteFiles.onlyReading(file), temporary(), draft -> {
                    draft.verify();
                    return draft.read(work);
                }));
    }

    private static <T> T unused(Path file, Supplier<T> work) {
        if (Files.notExists(file)) {
            throw new AuthorityUnavailable("there is no file " + file);
        }
        if (!PrivateFile.isWritable(file)) {
            return work.get(); // such as a backup on a read-only medium
        }
        try {
            SqliteConnection lock = SqliteFile.open(file);
            try (Statement statement = lock.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 0");
                statement.executeUpdate("BEGIN IMMEDIATE");
                if (FileLocks.isOpenElsewhere(DatabaseNames.real(file))) {
                    throw new SQLiteException("another process has it open", SQLiteErrorCode.SQLITE_BUSY);
                }
                return work.get();
            } finally {
                lock.closeForGood();
            }
        } catch (SQLException e) {
            throw SqliteErrors.isBusy(e) ? SqliteErrors.withReplaced(file, e) : SqliteErrors.with(file, e);
        }
    }

    /**
     * A copy as a stream over an unlinked file in the folder for temporary files.
     *
     * @param source the original, as error messages name it
     * @throws TokenFailure.LedgerBroken if the ledger was tampered with
     */
    public static StoreBackup stream(String source, StoreRows rows) {
        return DatabaseCopy.filled(source, temporary(), filling(rows), DatabaseCopy::asUnlinkedStream);
    }

    /**
     * Makes a copy a database, when it is complete and verified.
     *
     * @param source the original, as error messages name it
     * @throws AuthorityUnavailable if it cannot be made, or the original has a broken ledger
     */
    public static LedgerCheck.Whole place(String source, StoreRows rows, Path database, Existing existing) {
        if (existing == Existing.KEPT && Files.exists(database)) {
            throw new AuthorityUnavailable(database + " already exists: give the name of a new file");
        }
        Path file = SqliteFiles.target(database);
        return DatabaseCopy.filled(source, TemporaryFile.parent(file), filling(rows), draft -> {
            LedgerCheck.Whole whole = draft.verify();
            SqliteFiles.restore(draft, file, existing);
            return whole;
        });
    }

    private static Session.Work<StoreRows> filling(StoreRows rows) {
        return target -> {
            rows.replace(target);
            return rows;
        };
    }

    /** The folder for temporary files. */
    static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
