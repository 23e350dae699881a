package io.latchkey.application;

import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.table.TableText;
import io.latchkey.domain.TokenFailure;

/**
 * SQL queries about the tokens of an authority, on behalf of one actor (contract part B, 1.10).
 *
 * <p>Every method throws {@link TokenFailure.Unauthenticated} if the actor may not administer tokens, and {@link
 * AuthorityUnavailable} if the authority cannot be reached or its store cannot be used. Safe for use by many threads.
 */
public interface TokenQueries {
    /**
     * Answers an SQL query about the tokens, written in a format. The rows of a query for all tokens are streamed page
     * by page; any other result is computed at once, within limits of time, rows and length.
     *
     * <p>Stops soon after the calling thread is interrupted.
     *
     * @throws TokenFailure.NoSuchDatabase if the query names another database than the tokens'
     * @throws TokenFailure.BadQuery if the query is invalid, not allowed, or exceeds a limit
     */
    TableText query(SystemQuery query, TableFormat format);
}
