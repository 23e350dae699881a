package io.latchkey.persistence.postgresql;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.StoreLocation;
import io.latchkey.persistence.jdbc.JdbcTokenStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The newest head of the ledger that this process has seen. A database that does not contain it has lost entries: it was
 * restored from a backup, or a replica that lagged was promoted. Thread-safe.
 */
final class NewestHead {
    /**
     * The columns that {@link #compare} reads; the parameter is the revision of the newest head. The last is the hash of the
     * entry that was the newest, so that entries that replaced it are noticed, too.
     */
    static final String COLUMNS = "schema, epoch, revision, hash, coalesce(lost_revision, -1),"
            + " (SELECT ledger.hash FROM ledger WHERE ledger.revision = ?)";

    private final StoreLocation location;
    private final Optional<HeadFile> file;
    private Head head;
    private boolean recalled;
    private boolean looked;
    /** Whether the head was seen by an earlier process, so that this one does not know the tokens of that time. */
    private boolean remembered;

    /** Knows nothing yet; what an earlier process remembered in the location's folder is read by {@link #recall}. */
    NewestHead(StoreLocation.Postgres location) {
        this.location = location;
        this.file = location.state().map(HeadFile::new);
        this.head = Head.NONE;
    }

    /** Reads what an earlier process remembered of this database, once. To be called before anything is compared. */
    synchronized void recall(Connection connection) throws SQLException {
        if (recalled || file.isEmpty()) {
            return;
        }
        Head earlier = file.get().read(JdbcTokenStore.instanceId(connection).toString());
        if (earlier.isAfter(head)) {
            head = earlier;
            remembered = true;
        }
        recalled = true;
    }

    /** Remembers the newest head for the next process, at most once a second. */
    synchronized void rememberNowAndThen() {
        if (recalled && !remembered) {
            file.ifPresent(present -> present.writeNowAndThen(head));
        }
    }

    /** Remembers the newest head for the next process, now. */
    synchronized void remember() {
        if (recalled && !remembered) {
            file.ifPresent(present -> present.write(head));
        }
    }

    /** Whether no watch of this process has looked at the head, so that no tokens were read. */
    synchronized boolean isBeforeFirstLook() {
        return !looked;
    }

    /** A watch looks at the head for the first time, and tokens are read next. */
    synchronized void look() {
        looked = true;
    }

    /** What a database's head says, compared with what this process has seen. */
    sealed interface Comparison {
        Head head();

        /** The database has every entry that this process has seen. */
        record Continued(Head head) implements Comparison {}

        /**
         * The database has lost entries, and nobody has accepted that.
         *
         * @param from the newest revision that any process is known to have seen
         * @param witness whether this process has seen the lost entries
         */
        record Lost(Head head, long from, Witness witness) implements Comparison {}

        /** The database has lost entries since this process looked last, and that was accepted. */
        record Accepted(Head head) implements Comparison {}
    }

    /** Whether a process has seen entries that the database has lost. */
    enum Witness {
        YES,
        NO
    }

    synchronized Head head() {
        return head;
    }

    /**
     * Compares a row of {@link #COLUMNS} that was selected while {@code expected} was the newest head; remembers a head that
     * continues it.
     *
     * @throws AuthorityUnavailable if a newer program has migrated the database
     */
    synchronized Comparison compare(ResultSet row, Head expected) throws SQLException {
        PostgresSchema.refuseNewer(row.getInt(1), location);
        Head found = Head.read(row, 2);
        long lost = row.getLong(5);
        boolean continued = expected.isContinuedBy(found, row.getBytes(6));
        if (lost < 0 && expected.epoch() > 0 && found.epoch() > expected.epoch()) {
            return new Comparison.Accepted(found);
        }
        if (lost >= 0 || !continued) {
            return new Comparison.Lost(
                    found,
                    Math.max(lost, continued ? lost : expected.revision()),
                    continued || remembered ? Witness.NO : Witness.YES);
        }
        advance(found);
        return new Comparison.Continued(found);
    }

    /** Remembers a head if it is newer. */
    synchronized void advance(Head found) {
        if (found.isAfter(head)) {
            head = found;
        }
        remembered = false;
    }

    /** The exception for accepting a loss where there is none. */
    AuthorityUnavailable nothingLost() {
        return new AuthorityUnavailable(location + " has lost no ledger entries: there is nothing to accept");
    }

    /** The exception for a change of tokens while entries are lost. */
    AuthorityUnavailable refusal(Comparison.Lost lost) {
        return new AuthorityUnavailable(location + " has lost ledger entries: its newest is "
                + lost.head().revision() + ", but " + lost.from()
                + " was seen; nothing is changed until `latchkey accept ledger`");
    }
}
