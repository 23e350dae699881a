package io.latchkey.application.table;

import io.latchkey.domain.TokenFailure;
import java.time.Instant;

/**
 * Read-only SQL over token metadata.
 *
 * <p>A query sees only the table {@link SystemTokens}: no other table, no file, and no clock but the given time. Time,
 * rows and memory are limited; it stops soon after the calling thread is interrupted.
 */
public interface SystemTables {
    /**
     * Maximum size of an answer in bytes: 1 to 32 MiB, a 32nd of the heap, because several answers may be in memory.
     */
    long MOST_BYTES = Math.clamp(Runtime.getRuntime().maxMemory() / 32, 1 << 20, 1 << 25);

    /**
     * The result of one statement, in memory.
     *
     * @param now the value of {@code now()} in the statement
     * @throws TokenFailure.BadQuery if the statement is invalid, not allowed, exceeds a limit, or was interrupted
     */
    Table query(String sql, SystemTokens tokens, Instant now);
}
