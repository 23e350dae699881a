package io.latchkey.persistence.sqlite;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.persistence.jdbc.DamagedRow;
import io.latchkey.persistence.jdbc.UncheckedSqlException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What went wrong with a database file, in the words of whoever runs it. */
final class SqliteErrors {
    /** What is said of a file with something else in it. */
    static final String NOT_OURS =
            "is not a Latchkey database: give the path of one, or of a file that does not exist yet";

    private static final String DAMAGED = "is damaged: put a backup in its place";
    private static final String UNREADABLE = "holds a row that cannot be read: `latchkey verify ledger` says which";
    private static final String UNKNOWN = "cannot be used: look for the reason in the log, or set LATCHKEY_DEBUG=1";
    private static final int PRIMARY = 0xff;

    private SqliteErrors() {}

    /** The refusal that an exception from SQLite, bare or wrapped, amounts to. */
    static AuthorityUnavailable with(Path path, Exception cause) {
        return switch (code(cause)) {
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH -> unusable(path, cause);
            case null, default -> with(path.toString(), cause);
        };
    }

    /** What SQLite does not tell apart: it was not allowed to open a file or to write into one, or there is none to open. */
    private static AuthorityUnavailable unusable(Path path, Exception cause) {
        return new DatabaseNames(path)
                .obstacle()
                .map(obstacle -> new AuthorityUnavailable(path + " cannot be used: " + obstacle, cause))
                .orElseGet(() -> with(path.toString(), cause));
    }

    /** The same with what has no path for whoever is told. */
    static AuthorityUnavailable with(String what, Exception cause) {
        return new AuthorityUnavailable(what + " " + sentence(cause), cause);
    }

    /** The same with a database that is to be replaced by another, so that no backup is asked for. */
    static AuthorityUnavailable withReplaced(Path path, Exception cause) {
        return switch (code(cause)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new AuthorityUnavailable(path + " is in use: stop the server that has it open", cause);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                new AuthorityUnavailable(
                        path + " is no database, or damaged: stop what uses it, and move it and the files beside it"
                                + " away first",
                        cause);
            case null, default -> with(path, cause);
        };
    }

    /** Whether there was no room where SQLite wrote. */
    static boolean isFull(Throwable trouble) {
        return code(trouble) == SQLiteErrorCode.SQLITE_FULL;
    }

    /** Whether SQLite itself had trouble, and not who reads what it gives. */
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
        return "is damaged at " + row.where() + ": stop what uses it, and put a backup in its place";
    }

    private static String sentence(Exception cause) {
        return switch (code(cause)) {
            case SQLITE_NOTADB -> NOT_OURS;
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                "cannot be written: let this user write the file and its directory";
            case SQLITE_CANTOPEN ->
                "cannot be opened: is it a file, and may this process open more of them (ulimit -n)?";
            case SQLITE_BUSY, SQLITE_LOCKED -> "is being written by another process for too long: try again";
            case SQLITE_FULL -> "cannot grow: make room on its disk";
            case SQLITE_IOERR -> "cannot be read or written: check its disk";
            case SQLITE_NOMEM -> "needs more memory than there is: give the process more";
            case SQLITE_CORRUPT -> DAMAGED;
            case null -> withoutCode(cause);
            default -> UNKNOWN;
        };
    }

    /** The unique column that a change was refused for, like {@code token.name}; empty for any other trouble. */
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
