package io.latchkey.persistence.postgresql;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ledger.LedgerLoss;
import io.latchkey.persistence.jdbc.SessionWatch;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Polls the head of the ledger over a connection of its own, at once when a writer notifies it. A notification is a hint: it
 * shortens the wait, and the head is read all the same.
 */
final class PostgresWatch extends SessionWatch {
    /** The wait for a notification, after which the head is read anyway. */
    private static final Duration WAIT = Duration.ofMillis(20);

    private static final String HEAD = "SELECT " + NewestHead.COLUMNS + ", pg_is_in_recovery() FROM ledger_head";
    private static final String MARK =
            "UPDATE ledger_head SET lost_revision = ?" + " WHERE epoch = ? AND coalesce(lost_revision, -1) < ?";

    private final PostgresServer server;
    private final NewestHead newest;
    private final NodeRow node;
    private final PostgresSession session;
    private @Nullable PostgresConnection listening;
    private volatile Optional<LedgerLoss> loss = Optional.empty();

    PostgresWatch(PostgresServer server, NewestHead newest, NodeRow node) {
        this.server = server;
        this.newest = newest;
        this.node = node;
        session = new PostgresSession(server, Timeouts.WATCH);
    }

    @Override
    protected PostgresSession session() {
        return session;
    }

    @Override
    public Joined join() {
        return session.task(connection -> {
            newest.recall(connection);
            newest.look();
            Head expected = newest.head();
            node.beat(connection, expected.epoch(), 0);
            return switch (head(connection, expected)) {
                case NewestHead.Comparison.Continued _ -> {
                    loss = Optional.empty();
                    yield Joined.WHOLE;
                }
                case NewestHead.Comparison.Accepted(var head) -> {
                    newest.advance(head); // and the tokens are read next
                    loss = Optional.empty();
                    yield Joined.WHOLE;
                }
                case NewestHead.Comparison.Lost lost -> {
                    alarm(connection, lost);
                    yield Joined.LOST;
                }
            };
        });
    }

    @Override
    public long awaitRevision(long after, Duration atMost) {
        return session.task(connection -> {
            if (listening != connection) {
                listen(connection);
            } else if (atMost.isPositive() && !node.isOwed(newest.head().epoch(), after)) {
                var _ = connection.getNotifications(Math.toIntExact(WAIT.toMillis()));
            }
            return look(connection, after);
        });
    }

    private void listen(PostgresConnection connection) throws SQLException {
        try (Statement listen = connection.createStatement()) {
            listen.execute("LISTEN latchkey_ledger");
        }
        listening = connection;
    }

    private long look(PostgresConnection connection, long after) throws SQLException {
        newest.recall(connection);
        Head expected = newest.head();
        node.beat(connection, expected.epoch(), after);
        return switch (head(connection, expected)) {
            case NewestHead.Comparison.Continued(var head) -> {
                loss = Optional.empty();
                newest.rememberNowAndThen();
                yield head.revision();
            }
            case NewestHead.Comparison.Accepted(var head) -> {
                newest.advance(head);
                loss = Optional.empty();
                throw new Replaced("a ledger that had lost entries was accepted");
            }
            case NewestHead.Comparison.Lost lost -> {
                alarm(connection, lost);
                if (lost.witness() == NewestHead.Witness.NO || after < lost.from()) {
                    throw newest.refusal(lost);
                }
                yield after; // what the lost entries ended stays ended, as this process knows it
            }
        };
    }

    private NewestHead.Comparison head(PostgresConnection connection, Head expected) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(HEAD)) {
            query.setLong(1, expected.revision());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                if (row.getBoolean(7)) {
                    throw new AuthorityUnavailable(server.location() + " has become a standby");
                }
                return newest.compare(row, expected);
            }
        }
    }

    private void alarm(PostgresConnection connection, NewestHead.Comparison.Lost lost) throws SQLException {
        if (loss.isEmpty()) {
            log().log(Level.ERROR, newest.refusal(lost).getMessage());
        }
        loss = Optional.of(new LedgerLoss(lost.head().revision(), lost.from()));
        mark(connection, lost);
    }

    /** Looked up only when needed: no command logs, and finding the logger would slow down each start. */
    private static System.Logger log() {
        return System.getLogger(PostgresWatch.class.getName());
    }

    @Override
    public Optional<LedgerLoss> loss() {
        return loss;
    }

    /** Tells all other processes that entries are lost. */
    private static void mark(PostgresConnection connection, NewestHead.Comparison.Lost lost) throws SQLException {
        try (PreparedStatement mark = connection.prepareStatement(MARK)) {
            mark.setLong(1, lost.from());
            mark.setLong(2, lost.head().epoch());
            mark.setLong(3, lost.from());
            mark.executeUpdate();
        }
    }

    @Override
    public void close() {
        session.close();
        newest.remember();
        node.leave();
    }
}
