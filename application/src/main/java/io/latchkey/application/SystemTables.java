package io.latchkey.application;

import io.latchkey.domain.TokenFailure;
import java.time.Instant;

/**
 * Read-only SQL over token metadata.
 *
 * <p>A query sees the table {@link SystemTokens} and nothing else: no
 * other table, no file, no clock but the one it is given. It is bounded in time, rows and memory.
 */
public interface SystemTables {
    /**
     * The answer to one statement.
     *
     * @param now what the statement takes for the present moment
     * @throws TokenFailure.BadQuery if the statement is wrong, wants more than it may, or takes too long
     */
    Table query(String sql, SystemTokens tokens, Instant now);
}
