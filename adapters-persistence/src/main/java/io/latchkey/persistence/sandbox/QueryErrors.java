package io.latchkey.persistence.sandbox;

import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What went wrong with a statement, in the words of whoever wrote it. */
final class QueryErrors {
    private static final int LONGEST = 300;
    private static final String NO_SUCH_TABLE = "no such table: ";

    private QueryErrors() {}

    static String sentence(SQLException trouble) {
        if (!(trouble instanceof SQLiteException found)) {
            return "Error during planning: the statement gives no table";
        }
        return switch (SQLiteErrorCode.getErrorCode(found.getResultCode().code & 0xff)) {
            case SQLITE_INTERRUPT -> "the query takes longer than it may (2 seconds): ask for less, or join less";
            case SQLITE_TOOBIG -> "a value, a row or the statement itself is longer than a query may make it";
            case SQLITE_NOMEM -> "the statement is too long to be planned: write a simpler one";
            case SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN -> "the query must put aside more than there is room for";
            case SQLITE_READONLY, SQLITE_AUTH -> "a statement can read system.tokens, and nothing else";
            default ->
                said(found).startsWith(NO_SUCH_TABLE)
                        ? noSuchTable(said(found).substring(NO_SUCH_TABLE.length()))
                                .sentence()
                        : shown("Error during planning: " + said(found));
        };
    }

    /**
     * The refusal of a table that is none (contract 1.10.6).
     *
     * @param name as it was written, with its schema or without
     */
    static TokenFailure.BadQuery noSuchTable(String name) {
        return new TokenFailure.BadQuery(shown("Error during planning: table 'public."
                + (name.indexOf('.') < 0 ? "iox." : "") + name + "' not found"));
    }

    /** What SQLite said, without what sqlite-jdbc added. */
    private static String said(SQLiteException trouble) {
        String message = String.valueOf(trouble.getMessage());
        int begin = message.indexOf('(');
        return begin < 0 ? message : message.substring(begin + 1, message.length() - 1);
    }

    /** A sentence that may quote the statement, fit to be shown: on one line, not too long, and without a secret. */
    static String shown(String sentence) {
        String plain = TokenSecret.masked(sentence.replaceAll("\\p{Cntrl}", " "));
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }
}
