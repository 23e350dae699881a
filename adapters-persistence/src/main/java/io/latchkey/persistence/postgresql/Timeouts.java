package io.latchkey.persistence.postgresql;

import java.time.Duration;

/**
 * How long one kind of work waits.
 *
 * @param network for each answer of the server; without it, a network that swallows packets blocks for many minutes
 * @param statement for each statement, as measured by the server; shorter than {@code network}, so that the server gives up
 *     first and says why
 * @param lock for a row that another transaction has locked
 * @param idle how long a transaction may wait for its client, so that one that was cut off does not keep its locks
 */
record Timeouts(Duration network, Duration statement, Duration lock, Duration idle) {
    private static final Duration IDLE = Duration.ofSeconds(2);

    /** For the watch of the ledger, whose answers grant leases. */
    static final Timeouts WATCH =
            new Timeouts(Duration.ofMillis(300), Duration.ofMillis(250), Duration.ofMillis(200), IDLE);

    /** For a change of tokens, and for short reads. */
    static final Timeouts SHORT =
            new Timeouts(Duration.ofSeconds(6), Duration.ofSeconds(5), Duration.ofSeconds(4), IDLE);

    /** For reading all tokens or the whole ledger, on a machine that may be slow. */
    static final Timeouts LONG =
            new Timeouts(Duration.ofSeconds(70), Duration.ofSeconds(60), Duration.ofSeconds(4), Duration.ofMinutes(1));

    /** For records of use, which lock rows. */
    static final Timeouts USAGE =
            new Timeouts(Duration.ofSeconds(70), Duration.ofSeconds(60), Duration.ofSeconds(4), IDLE);

    /** For a copy of the whole store, whose transaction waits while the copy is verified and written to disk. */
    static final Timeouts COPY = new Timeouts(
            Duration.ofSeconds(310), Duration.ofSeconds(300), Duration.ofSeconds(4), Duration.ofMinutes(10));
}
