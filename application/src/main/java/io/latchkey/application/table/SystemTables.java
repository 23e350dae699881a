package io.latchkey.application.table;

import io.latchkey.domain.TokenFailure;
import java.time.Instant;

/**
 * Read-only SQL over token metadata.
 *
 * <p>A query sees the table {@link SystemTokens} and nothing else: no other table, no file, no clock but the one it is
 * given. It is bounded in time, rows and memory, and ends soon after the calling thread is interrupted.
 */
public interface SystemTables {
    /** The most that an answer holds, in bytes: less on a small heap, since several may be held at a time. */
    long MOST_BYTES = Math.clamp(Runtime.getRuntime().maxMemory() / 32, 1 << 20, 1 << 25);

    /**
     * The answer to one statement, all of it in memory.
     *
     * @param now what the statement takes for the present moment
     * @throws TokenFailure.BadQuery if the statement is wrong, wants more than it may, takes too long, or was interrupted
     */
    Table query(String sql, SystemTokens tokens, Instant now);
}
