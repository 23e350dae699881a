package io.latchkey.persistence.postgresql;

import io.latchkey.application.AuthorityUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The session for changes of tokens. Locks the head of the ledger first, so that changes follow one another on all nodes, and
 * advances it last; then notifies the nodes.
 *
 * <p>If the answer to COMMIT is lost, looks on a new connection whether the transaction was committed.
 */
final class WritingSession extends PostgresSession {
    private static final String LOCK = "SELECT " + NewestHead.COLUMNS + " FROM ledger_head FOR UPDATE";

    /** Returns nothing if another writer has changed the head, or if the transaction wrote no entry. */
    private static final String ADVANCE = """
            WITH newest AS (SELECT revision, hash FROM ledger ORDER BY revision DESC LIMIT 1),
            advanced AS (
                UPDATE ledger_head SET revision = newest.revision, hash = newest.hash FROM newest
                WHERE ledger_head.epoch = ? AND ledger_head.revision = ? AND newest.revision > ledger_head.revision
                RETURNING ledger_head.epoch, ledger_head.revision, ledger_head.hash),
            noted AS (
                INSERT INTO ledger_commit (revision, nonce) SELECT revision, gen_random_uuid() FROM advanced
                RETURNING nonce)
            SELECT epoch, revision, hash, nonce, pg_notify('latchkey_ledger', '') FROM advanced, noted
            """;

    private static final String COMMITTED = "SELECT 1 FROM ledger_commit WHERE nonce = ?";
    private static final String LAST = "SELECT coalesce(max(revision), 0) FROM ledger";

    private static final String ACCEPT =
            "UPDATE ledger_head SET epoch = epoch + 1, lost_revision = NULL WHERE epoch = ?";
    private static final String FORGET = "DELETE FROM ledger_commit WHERE revision > ?";
    private static final String NOTIFY = "SELECT pg_notify('latchkey_ledger', '')";

    /** How long it is asked whether a transaction was committed. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final PostgresServer server;
    private final NewestHead newest;
    private final OfLoss ofLoss;

    /** What a session does with a ledger that has lost entries. */
    enum OfLoss {
        /** It changes nothing. */
        REFUSING,
        /** It accepts the ledger as it is, once. */
        ACCEPTING
    }

    WritingSession(PostgresServer server, NewestHead newest, OfLoss ofLoss) {
        super(server, Timeouts.SHORT);
        this.server = server;
        this.newest = newest;
        this.ofLoss = ofLoss;
    }

    /** What a transaction wrote: the head after it, and the nonce under which its commit can be looked up. */
    private record Written<T>(
            T result, @Nullable Head head, @Nullable UUID nonce) {}

    @Override
    public <T> T write(Work<T> work) {
        return task(connection -> {
            Written<T> written = begun(connection, () -> {
                Head before = lock(connection);
                Written<T> result = advance(connection, before, work.on(connection));
                switch (ofLoss) {
                    case REFUSING -> {}
                    case ACCEPTING -> accept(connection, before);
                }
                return result;
            });
            commit(connection, written);
            // Not if it was accepted: the watch must see that the epoch has changed, and all tokens be read again.
            if (written.head() != null && ofLoss == OfLoss.REFUSING) {
                newest.advance(written.head());
            }
            return written.result();
        });
    }

    private Head lock(PostgresConnection connection) throws SQLException {
        newest.recall(connection);
        Head expected = newest.head();
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setLong(1, expected.revision());
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                return switch (newest.compare(row, expected)) {
                    case NewestHead.Comparison.Continued(var head) ->
                        switch (ofLoss) {
                            case REFUSING -> head;
                            case ACCEPTING -> throw newest.nothingLost();
                        };
                    case NewestHead.Comparison.Lost lost ->
                        switch (ofLoss) {
                            case REFUSING -> throw newest.refusal(lost);
                            case ACCEPTING -> forgetCommits(connection, lost.head());
                        };
                    case NewestHead.Comparison.Accepted(var head)
                    when newest.isBeforeFirstLook() && ofLoss == OfLoss.REFUSING -> {
                        newest.advance(head); // no tokens were read yet, so none need to be read again
                        yield head;
                    }
                    case NewestHead.Comparison.Accepted _ ->
                        throw new AuthorityUnavailable(
                                server.location() + " has a ledger that was accepted a moment ago: try again");
                };
            }
        }
    }

    private <T> Written<T> advance(PostgresConnection connection, Head before, T result) throws SQLException {
        try (PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
            advance.setLong(1, before.epoch());
            advance.setLong(2, before.revision());
            try (ResultSet row = advance.executeQuery()) {
                if (row.next()) {
                    return new Written<>(result, Head.read(row, 1), row.getObject(4, UUID.class));
                }
            }
        }
        try (PreparedStatement last = connection.prepareStatement(LAST);
                ResultSet row = last.executeQuery()) {
            if (row.next() && row.getLong(1) == before.revision()) {
                return new Written<>(result, null, null);
            }
        }
        throw new SQLException("the head of the ledger was changed without its lock");
    }

    /** Whoever removed the entries may have left these rows, whose places the next entries need. */
    private static Head forgetCommits(PostgresConnection connection, Head head) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.setLong(1, head.revision());
            forget.executeUpdate();
        }
        return head;
    }

    private void accept(PostgresConnection connection, Head before) throws SQLException {
        try (PreparedStatement accept = connection.prepareStatement(ACCEPT);
                Statement notify = connection.createStatement()) {
            accept.setLong(1, before.epoch());
            if (accept.executeUpdate() != 1) {
                throw new SQLException("the head of the ledger was changed without its lock");
            }
            notify.execute(NOTIFY);
        }
    }

    private void commit(PostgresConnection connection, Written<?> written) throws SQLException {
        try {
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            if (written.nonce() == null || !isCommitted(written.nonce(), e)) {
                throw e;
            }
            discard();
        }
    }

    /**
     * Whether a transaction was committed; the lock of the head waits until it has ended.
     *
     * @throws SQLException the failure of the commit, if that cannot be found out in {@link #PATIENCE}
     */
    private boolean isCommitted(UUID nonce, SQLException failure) throws SQLException {
        long begin = System.nanoTime();
        do {
            try (PostgresSession other = new PostgresSession(server, Timeouts.SHORT)) {
                return other.write(connection -> isCommitted(connection, nonce));
            } catch (AuthorityUnavailable e) {
                failure.addSuppressed(e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } while (System.nanoTime() - begin < PATIENCE.toNanos());
        throw failure;
    }

    private static boolean isCommitted(Connection connection, UUID nonce) throws SQLException {
        try (Statement lock = connection.createStatement();
                PreparedStatement committed = connection.prepareStatement(COMMITTED)) {
            lock.execute("SELECT 1 FROM ledger_head FOR UPDATE");
            committed.setObject(1, nonce);
            try (ResultSet row = committed.executeQuery()) {
                return row.next();
            }
        }
    }
}
