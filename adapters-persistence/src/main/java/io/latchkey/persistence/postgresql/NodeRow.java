package io.latchkey.persistence.postgresql;

import io.latchkey.application.AuthorityUnavailable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * The row of this process in the table {@code node}, by which others know up to which revision it has applied the ledger.
 * Thread-safe.
 */
final class NodeRow {
    /** How often the row is written while nothing changes: a third of a lease. */
    private static final Duration BEAT = Duration.ofMillis(333);

    private static final String PUT = """
            INSERT INTO node (id, name, version, epoch, applied_revision, started_at, seen_at)
            VALUES (?, ?, ?, ?, ?, clock_timestamp(), clock_timestamp())
            ON CONFLICT (id) DO UPDATE SET
                epoch = excluded.epoch,
                applied_revision = excluded.applied_revision,
                seen_at = excluded.seen_at
            """;

    private final PostgresServer server;
    private final UUID id;
    private final String name;
    private final String version;
    private boolean joined;
    private long beatAt;
    private long told;

    NodeRow(PostgresServer server, UUID id, String name, String version) {
        this.server = server;
        this.id = id;
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
        return new NodeRow(
                server, UUID.randomUUID(), host + " " + ProcessHandle.current().pid(), version);
    }

    /** Writes the row if it is due, or if the revision has changed; returns whether it was written. */
    synchronized boolean beat(PostgresConnection connection, long epoch, long applied) throws SQLException {
        long now = System.nanoTime();
        if (joined && applied == told && now - beatAt < BEAT.toNanos()) {
            return false;
        }
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            put.setObject(1, id);
            put.setString(2, name);
            put.setString(3, version);
            put.setLong(4, epoch);
            put.setLong(5, applied);
            put.executeUpdate();
        }
        joined = true;
        told = applied;
        beatAt = now;
        return true;
    }

    /** Removes the row, so that nobody waits for a process that has ended. To be called when it gives no more verdicts. */
    synchronized void leave() {
        if (joined) {
            joined = false;
            try (PostgresSession session = new PostgresSession(server, Timeouts.SHORT)) {
                var _ = session.task(connection -> {
                    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM node WHERE id = ?")) {
                        delete.setObject(1, id);
                        return delete.executeUpdate();
                    }
                });
            } catch (AuthorityUnavailable e) {
                // The row is ignored when it is older than a lease.
                return;
            }
        }
    }
}
