package io.latchkey.persistence.jdbc;

import io.latchkey.application.notification.DeliveryProgress;
import io.latchkey.application.notification.DeliveryProgress.Turn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The only row of the table {@code delivery_turn}: until when a process may deliver notifications, by the clock of the
 * database. Each turn has a number of its own, by which a process knows whether it is still its turn. Not thread-safe.
 */
final class DeliveryTurn {
    private static final int NONE = 0;
    private static final long LENGTH = DeliveryProgress.TURN.toMillis();

    /** How long a turn is not extended again: an extension waits for the disk, and others see that the file has changed. */
    private static final Duration REST = DeliveryProgress.TURN.dividedBy(3);

    private final String extend;
    private final String take;
    private final String another;
    private long mine = NONE;
    /** When the turn was extended, of {@link System#nanoTime}. */
    private long extendedAt;

    /** @param now the milliseconds since 1970, as an expression of SQL */
    DeliveryTurn(String now) {
        extend = "UPDATE delivery_turn SET until = " + now + " + ? WHERE number = ? AND until > " + now;
        take = "UPDATE delivery_turn SET number = number + 1, until = " + now + " + ? WHERE until <= " + now
                + " RETURNING number";
        another = "SELECT 1 FROM delivery_turn WHERE number <> ? AND until > " + now;
    }

    /** Extends the turn of this process, or takes a new one if nobody has it. */
    Turn ask(Session session) {
        long now = System.nanoTime();
        if (mine != NONE && now - extendedAt < REST.toNanos()) {
            return Turn.MINE;
        }
        long before = mine;
        mine = NONE; // if it fails, the next number may become that of another process
        mine = session.write(connection -> before != NONE && extend(connection, before) ? before : take(connection));
        extendedAt = now;
        return mine == NONE ? Turn.OF_ANOTHER : mine == before ? Turn.MINE : Turn.TAKEN_OVER;
    }

    private boolean extend(Connection connection, long number) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(extend)) {
            update.setLong(1, LENGTH);
            update.setLong(2, number);
            return update.executeUpdate() == 1;
        }
    }

    private long take(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(take)) {
            update.setLong(1, LENGTH);
            try (ResultSet row = update.executeQuery()) {
                return row.next() ? row.getLong(1) : NONE;
            }
        }
    }

    /** Whether another process has the turn. */
    boolean isOfAnother(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(another)) {
            query.setLong(1, mine);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Ends the turn of this process, if it has it. */
    int end(Connection connection) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE delivery_turn SET until = 0 WHERE number = ?")) {
            update.setLong(1, mine);
            return update.executeUpdate();
        }
    }
}
