package io.latchkey.persistence.sqlite;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.persistence.jdbc.DamagedRow;
import io.latchkey.persistence.jdbc.UncheckedSqlException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns errors of SQLite into exceptions with a sentence for the operator: what is wrong, and what to do. */
final class SqliteErrors {
    /** The sentence for a file that is not a Latchkey database. */
    static final String NOT_OURS =
            "is not a Latchkey database: give the path of one, or of a file that does not exist yet";

    private static final String DAMAGED = "is damaged: restore a backup";
    private static final String UNREADABLE =
            "contains a row that cannot be read: find it with `latchkey verify ledger`";
    private static final String UNKNOWN = "cannot be used: look for the reason in the log, or set LATCHKEY_DEBUG=1";
    private static final int PRIMARY = 0xff;

    private SqliteErrors() {}

    /** The exception to throw for an {@link SQLException}, bare or wrapped, or a {@link DamagedRow}. */
    static AuthorityUnavailable with(Path path, Exception cause) {
        return switch (code(cause)) {
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH -> unusable(path, cause);
            case null, default -> with(path.toString(), cause);
        };
    }

    /** SQLite reports missing files and missing permissions alike; so the permissions are checked here. */
    private static AuthorityUnavailable unusable(Path path, Exception cause) {
        return new DatabaseNames(path)
                .obstacle()
                .map(obstacle -> new AuthorityUnavailable(path + " cannot be used: " + obstacle, cause))
                .orElseGet(() -> with(path.toString(), cause));
    }

    /** The same for a database without a path that the operator knows. */
    static AuthorityUnavailable with(String what, Exception cause) {
        return new AuthorityUnavailable(what + " " + sentence(cause), cause);
    }

    /** The same for a database that is being replaced: the sentence does not ask to restore a backup. */
    static AuthorityUnavailable withReplaced(Path path, Exception cause) {
        return switch (code(cause)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new AuthorityUnavailable(path + " is in use: stop the server that has it open", cause);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                new AuthorityUnavailable(
                        path + " is not a database, or is damaged: stop all processes that use it, then move it and"
                                + " the files beside it away",
                        cause);
            case null, default -> with(path, cause);
        };
    }

    /** Whether the disk was full. */
    static boolean isFull(Throwable trouble) {
        return code(trouble) == SQLiteErrorCode.SQLITE_FULL;
    }

    /** Whether another process has locked the database. */
    static boolean isBusy(Throwable trouble) {
        return code(trouble) == SQLiteErrorCode.SQLITE_BUSY;
    }

    /** Whether SQLite reported the error, rather than the code that reads its rows. */
    static boolean isOfSqlite(Throwable trouble) {
        return sqlite(trouble) != null;
    }

    private static String withoutCode(Exception cause) {
        Optional<DamagedRow> row = damagedRow(cause);
        if (row.isPresent()) {
            return damagedAt(row.get());
        }
        return cause instanceof UncheckedSqlException ? UNREADABLE : UNKNOWN;
    }

    private static Optional<DamagedRow> damagedRow(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof DamagedRow found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static String damagedAt(DamagedRow row) {
        return "is damaged at " + row.where() + ": stop all processes that use it, then restore a backup";
    }

    private static String sentence(Exception cause) {
        return switch (code(cause)) {
            case SQLITE_NOTADB -> NOT_OURS;
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                "cannot be written: let this user write the file and its directory";
            case SQLITE_CANTOPEN ->
                "cannot be opened: check that it is a file, and that this process may open more files (ulimit -n)";
            case SQLITE_BUSY, SQLITE_LOCKED -> "is locked by another process: try again";
            case SQLITE_FULL -> "cannot be written, because its disk is full: free some space";
            case SQLITE_IOERR -> "cannot be read or written: check its disk";
            case SQLITE_NOMEM -> "cannot be used, because memory is exhausted: give the process more memory";
            case SQLITE_CORRUPT -> DAMAGED;
            case null -> withoutCode(cause);
            default -> UNKNOWN;
        };
    }

    /** The unique column that a failed statement violated, such as {@code token.name}; {@code ""} for any other error. */
    static String uniqueColumn(Throwable trouble) {
        SQLiteException cause = sqlite(trouble);
        if (cause == null || cause.getResultCode() != SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE) {
            return "";
        }
        String message = String.valueOf(cause.getMessage());
        return message.replaceFirst(".*UNIQUE constraint failed: ", "").replaceFirst("\\)$", "");
    }

    private static @Nullable SQLiteErrorCode code(Throwable trouble) {
        SQLiteException cause = sqlite(trouble);
        return cause == null ? null : SQLiteErrorCode.getErrorCode(cause.getResultCode().code & PRIMARY);
    }

    private static @Nullable SQLiteException sqlite(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException found) {
                return found;
            }
        }
        return null;
    }
}
