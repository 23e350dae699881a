package io.latchkey.persistence.postgresql;

import java.time.Duration;

/**
 * How long one kind of work waits.
 *
 * @param network for each answer of the server; without it, a network that swallows packets blocks for many minutes
 * @param statement for each statement, as measured by the server; shorter than {@code network}, so that the server gives up
 *     first and says why
 * @param lock for a row that another transaction has locked
 */
record Timeouts(Duration network, Duration statement, Duration lock) {
    /** For the watch of the ledger, whose answers grant leases. */
    static final Timeouts WATCH = new Timeouts(Duration.ofMillis(300), Duration.ofMillis(250), Duration.ofMillis(200));

    /** For a change of tokens, and for short reads. */
    static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(6), Duration.ofSeconds(5), Duration.ofSeconds(4));

    /** For work on all tokens or the whole ledger. */
    static final Timeouts LONG = new Timeouts(Duration.ofSeconds(70), Duration.ofSeconds(60), Duration.ofSeconds(4));

    /** How long a transaction may wait for its client, so that one that was cut off does not keep its locks. */
    static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(2);
}
