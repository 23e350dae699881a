package io.latchkey.application.node;

import java.time.Instant;
import java.util.UUID;

/**
 * A process that gives verdicts from the store.
 *
 * @param id a random one for each start
 * @param name of its machine, and its process id
 * @param version of Latchkey
 * @param seen the time of its newest heartbeat, by the clock of the database
 * @param applied its verdicts contradict no ledger entry up to this revision; 0 if it has yet to read the tokens
 * @param lag number of newer ledger entries
 */
public record Node(
        UUID id, String name, String version, Instant started, Instant seen, long applied, long lag, State state) {
    /** Whether a node can give verdicts. */
    public enum State {
        /** It may hold a lease. */
        LIVE,
        /** It has been unseen for so long that it holds no lease. */
        UNSEEN
    }
}
