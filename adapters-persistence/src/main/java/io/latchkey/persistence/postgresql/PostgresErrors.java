package io.latchkey.persistence.postgresql;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.PostgresUrl;
import io.latchkey.persistence.jdbc.DamagedRow;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns errors of PostgreSQL into exceptions with a sentence for the operator: what is wrong, and what to do. */
record PostgresErrors(PostgresUrl url) {
    private static final String UNREACHED = "cannot be reached: check the address and that the server runs";
    private static final String UNKNOWN = "cannot be used: look for the reason in the log, or set LATCHKEY_DEBUG=1";

    /** The exception to throw for an {@link SQLException}, bare or wrapped, or a {@link DamagedRow}. */
    AuthorityUnavailable with(Exception cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof DamagedRow row) {
                return new AuthorityUnavailable(
                        url + " is damaged at " + row.where() + ": stop all servers, then restore a backup", cause);
            }
        }
        String state = state(cause);
        return new AuthorityUnavailable(
                url + " " + (state.startsWith("08") ? unreached(cause) : sentence(state)), cause);
    }

    /** Says why no connection was made, where the driver knows it: it has no secrets to tell. */
    private static String unreached(Exception cause) {
        PSQLException said = postgres(cause);
        String reason = said == null || said.getMessage() == null ? "" : said.getMessage();
        if (reason.contains("targetServerType")) {
            return "has no server that accepts changes, only standbys or none that can be reached";
        }
        return said != null && said.getCause() == null && state(said).equals("08004")
                ? "does not accept the connection: " + reason
                : UNREACHED;
    }

    private static String sentence(String state) {
        return switch (state) {
            case "28P01", "28000" ->
                "does not accept the user or the password: set PGPASSWORD, ~/.pgpass or --db-password @FILE";
            case "3D000" -> "has no such database: create it with `createdb`";
            case "42501" ->
                "does not let this user use the tables: grant CREATE on the schema, or connect as their owner";
            case "53100" -> "cannot be written, because its disk is full: free some space";
            case "53300" -> "accepts no more connections: raise max_connections";
            case "55P03", "57014" -> "is busy: try again";
            case "25006" -> "accepts no changes, as a standby: give the address of the primary, too";
            case "42P01", "42703" -> "has not the tables of this Latchkey: give it a database of its own";
            default -> byClass(state);
        };
    }

    private static String byClass(String state) {
        return switch (state.isEmpty() ? "" : state.substring(0, 2)) {
            case "08" -> UNREACHED;
            case "57" -> "is shutting down or starting: try again";
            case "53" -> "has too little memory or disk";
            case "40", "25" -> "ended the transaction: try again";
            default -> UNKNOWN;
        };
    }

    /** The unique column that a failed statement violated, such as {@code token.name}; {@code ""} for any other error. */
    static String uniqueColumn(Throwable trouble) {
        PSQLException cause = postgres(trouble);
        ServerErrorMessage message = cause == null ? null : cause.getServerErrorMessage();
        String constraint = message == null ? null : message.getConstraint();
        return switch (constraint) {
            case "token_name" -> "token.name";
            case "token_digest" -> "token.digest";
            case null, default -> "";
        };
    }

    /** Whether PostgreSQL or the network to it caused a failure, rather than the code that reads its rows. */
    static boolean isOfPostgres(Throwable trouble) {
        return postgres(trouble) != null;
    }

    /** The SQLSTATE of a failure; {@code ""} if it has none. */
    static String state(Throwable trouble) {
        PSQLException cause = postgres(trouble);
        return cause == null || cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    private static @Nullable PSQLException postgres(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException found) {
                return found;
            }
        }
        return null;
    }
}
