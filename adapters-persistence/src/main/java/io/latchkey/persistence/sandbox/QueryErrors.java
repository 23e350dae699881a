package io.latchkey.persistence.sandbox;

import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns errors of SQLite about a user's statement into sentences for that user. */
final class QueryErrors {
    private static final int LONGEST = 300;
    private static final String NO_SUCH_TABLE = "no such table: ";

    /** The sentence for a statement that reads or writes anything else. */
    static final String ONLY_TOKENS = "a statement can read only system.tokens";

    private QueryErrors() {}

    /** The sentence for an error of a statement. */
    static String sentence(SQLException error) {
        if (!(error instanceof SQLiteException sqlite)) {
            return "Error during planning: the statement returns no table";
        }
        return switch (SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff)) {
            case SQLITE_INTERRUPT -> "the query took longer than 2 seconds: select fewer rows, or join fewer tables";
            case SQLITE_TOOBIG ->
                "a value, a row or the statement is longer than 32 KiB: select fewer or shorter values";
            case SQLITE_NOMEM -> "the statement is too complex: write a simpler one";
            case SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN ->
                "not enough disk space for the query: sort, group or join fewer rows";
            case SQLITE_READONLY, SQLITE_AUTH -> ONLY_TOKENS;
            default ->
                message(sqlite).startsWith(NO_SUCH_TABLE)
                        ? noSuchTable(message(sqlite).substring(NO_SUCH_TABLE.length()))
                                .sentence()
                        : shown("Error during planning: " + message(sqlite));
        };
    }

    /**
     * The error for a table that does not exist, in InfluxDB's words (contract 1.10.6).
     *
     * @param name as in the statement, with or without a schema
     */
    static TokenFailure.BadQuery noSuchTable(String name) {
        return new TokenFailure.BadQuery(shown("Error during planning: table 'public."
                + (name.indexOf('.') < 0 ? "iox." : "") + name + "' not found"));
    }

    /** SQLite's message, without the prefix that sqlite-jdbc adds. */
    private static String message(SQLiteException error) {
        String message = String.valueOf(error.getMessage());
        int begin = message.indexOf('(');
        return begin < 0 ? message : message.substring(begin + 1, message.length() - 1);
    }

    /** Makes a sentence that quotes the statement safe to show: one line, at most 300 characters, secrets masked. */
    static String shown(String sentence) {
        String plain = TokenSecret.masked(sentence.replaceAll("\\p{Cntrl}", " "));
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }
}
