package io.latchkey.application.node;

import java.time.Duration;
import java.util.List;

/** The nodes of a store that processes on several machines share. Safe for use by many threads. */
public interface Nodes extends AutoCloseable {
    /** How long a node gives verdicts after it sent a question for the newest entry that was answered. */
    Duration LEASE = Duration.ofSeconds(1);

    /**
     * How much longer a node is waited for than its lease lasts: a third of a lease between two heartbeats, and the
     * differences between clocks.
     */
    Duration MARGIN = Duration.ofSeconds(1);

    /** All nodes that were seen in the last hour, in the order of their names. */
    List<Node> all();

    /**
     * Waits until no node gives a verdict that contradicts the ledger up to a revision, which has been committed: each node
     * says that it has applied it, or has lost its lease. Takes at most {@link #LEASE} and {@link #MARGIN} together.
     *
     * <p>Why that is enough: a lease lasts for {@link #LEASE} from before a question for the head was sent. A question that
     * is sent after the commit is answered with this revision or a later one, and then the node applies the entries before
     * it takes the lease. So the leases that do not know of the change end one {@link #LEASE} after the commit, even if no
     * node says anything. A node that asks another server than the one that committed, a primary that was replaced and does
     * not know it, is ended by its heartbeat: it is written, durably, before the question and at least every third of a
     * lease, and a failed heartbeat is a failed question. That holds where a replaced primary can commit nothing: with
     * synchronous replication. With asynchronous replication nothing holds across the promotion of a standby.
     *
     * <p>Only the nodes that are live at the first look are followed. One that appears later has written its heartbeat, and
     * so asked its next question or read all tokens, after the commit. One that has left gave up its lease before.
     *
     * <p>Does not throw if the database cannot be reached, since the change is committed: then it waits for the whole time.
     */
    NodeWait await(long revision);

    /** What about the database endangers changes that were acknowledged. */
    List<DatabaseRisk> risks();

    @Override
    void close();
}
