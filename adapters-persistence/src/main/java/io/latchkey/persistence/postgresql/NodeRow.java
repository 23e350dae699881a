package io.latchkey.persistence.postgresql;

import io.latchkey.application.AuthorityUnavailable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The row of this process in the table {@code node}, by which others know up to which revision it has applied the ledger.
 * Thread-safe.
 */
final class NodeRow {
    /** How often the row is written while nothing changes: a third of a lease. */
    private static final Duration BEAT = Duration.ofMillis(333);

    private final PostgresServer server;
    private final String name;
    private final String version;
    private @Nullable UUID id;
    private boolean joined;
    private boolean seen;
    private long beatAt;
    private long toldEpoch;
    private long told;

    NodeRow(PostgresServer server, String name, String version) {
        this.server = server;
        this.name = name;
        this.version = version;
    }

    /** The row of this process, named after its machine and process id. */
    static NodeRow ofThisProcess(PostgresServer server, String version) {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown host";
        }
        return new NodeRow(server, host + " " + ProcessHandle.current().pid(), version);
    }

    /** Whether others have yet to be told what this process has applied. */
    synchronized boolean isOwed(long epoch, long applied) {
        return epoch != toldEpoch || applied != told;
    }

    /**
     * Writes a heartbeat if it is due, or tells what has been applied if that has changed. To be called before the head is
     * read: a node that comes back must be seen before it takes a lease on what it knew.
     */
    synchronized void beat(PostgresConnection connection, long epoch, long applied) throws SQLException {
        UUID own = id == null ? NodeTable.newId(connection) : id;
        id = own;
        // Before it is sent, so that two heartbeats are never further apart than this says.
        long now = System.nanoTime();
        if (!seen || epoch != toldEpoch || now - beatAt >= BEAT.toNanos()) {
            if (!seen) {
                NodeTable.forgetOld(connection);
            }
            joined = true; // before, so that a row whose answer is lost is removed, too
            NodeTable.beat(connection, own, name, version, epoch, applied);
            seen = true;
            beatAt = now;
        } else if (applied != told) {
            NodeTable.tell(connection, own, applied);
        }
        toldEpoch = epoch;
        told = applied;
    }

    /** Removes the row, so that nobody waits for a process that has ended. To be called when it gives no more verdicts. */
    synchronized void leave() {
        UUID own = id;
        if (joined && own != null) {
            joined = false;
            seen = false;
            try {
                var _ = PostgresSession.once(server, connection -> NodeTable.delete(connection, own));
            } catch (AuthorityUnavailable e) {
                // The row is ignored when it is older than a lease.
                return;
            }
        }
    }
}
