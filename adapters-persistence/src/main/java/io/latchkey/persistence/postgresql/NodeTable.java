package io.latchkey.persistence.postgresql;

import io.latchkey.application.node.Node;
import io.latchkey.application.node.Nodes;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The statements of the table {@code node}. All times are the database's: the clocks of nodes differ. */
final class NodeTable {
    /** A node that was unseen for so long is forgotten. */
    private static final String FORGOTTEN = "interval '1 hour'";

    /** Durable, as the connection makes every commit: a primary that was replaced must not be able to say this. */
    private static final String BEAT = """
            INSERT INTO node (id, name, version, epoch, applied_revision, started_at, seen_at)
            VALUES (?, ?, ?, ?, ?, clock_timestamp(), clock_timestamp())
            ON CONFLICT (id) DO UPDATE SET
                epoch = excluded.epoch,
                applied_revision = excluded.applied_revision,
                seen_at = excluded.seen_at
            """;

    /** Not durable, since the row is no heartbeat: if a crash undoes it, others wait longer. */
    private static final String TELL = "UPDATE node SET applied_revision = ? WHERE id = ?"
            + " AND set_config('synchronous_commit', 'off', true) = 'off'";

    private static final String FORGET = "DELETE FROM node WHERE seen_at < clock_timestamp() - " + FORGOTTEN;

    /** A node of another epoch, or with newer entries than there are, knows another ledger. */
    private static final String ALL = """
            SELECT node.id, node.name, node.version, node.started_at, node.seen_at,
                CASE WHEN node.epoch = ledger_head.epoch AND node.applied_revision <= ledger_head.revision
                    THEN node.applied_revision ELSE 0 END,
                ledger_head.revision,
                extract(epoch FROM clock_timestamp() - node.seen_at) > ?
            FROM node, ledger_head
            WHERE node.seen_at >= clock_timestamp() -\s""" + FORGOTTEN + " ORDER BY node.name, node.id";

    private NodeTable() {}

    /** A random id. */
    static UUID newId(PostgresConnection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT gen_random_uuid()");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getObject(1, UUID.class);
        }
    }

    static void beat(PostgresConnection connection, UUID id, String name, String version, long epoch, long applied)
            throws SQLException {
        try (PreparedStatement beat = connection.prepareStatement(BEAT)) {
            beat.setObject(1, id);
            beat.setString(2, name);
            beat.setString(3, version);
            beat.setLong(4, epoch);
            beat.setLong(5, applied);
            beat.executeUpdate();
            if (beat.getWarnings() != null) {
                // Such as that somebody cancelled the wait for the synchronous standby, which has not got it.
                throw new SQLException("the heartbeat may not be durable", beat.getWarnings());
            }
        }
    }

    static void tell(PostgresConnection connection, UUID id, long applied) throws SQLException {
        try (PreparedStatement tell = connection.prepareStatement(TELL)) {
            tell.setLong(1, applied);
            tell.setObject(2, id);
            tell.executeUpdate();
        }
    }

    static int delete(PostgresConnection connection, UUID id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM node WHERE id = ?")) {
            delete.setObject(1, id);
            return delete.executeUpdate();
        }
    }

    static void forgetOld(PostgresConnection connection) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.executeUpdate();
        }
    }

    static List<Node> all(PostgresConnection connection) throws SQLException {
        List<Node> all = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(ALL)) {
            query.setDouble(1, Nodes.LEASE.plus(Nodes.MARGIN).toMillis() / 1e3);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    all.add(node(row));
                }
            }
        }
        return all;
    }

    private static Node node(ResultSet row) throws SQLException {
        long applied = row.getLong(6);
        return new Node(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                instant(row, 4),
                instant(row, 5),
                applied,
                Math.max(0, row.getLong(7) - applied),
                row.getBoolean(8) ? Node.State.UNSEEN : Node.State.LIVE);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
