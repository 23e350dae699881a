package io.latchkey.persistence.sqlite;

import static java.util.Objects.requireNonNull;

import io.latchkey.application.LedgerWatch;
import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.TokenId;
import io.latchkey.persistence.jdbc.LedgerRow;
import io.latchkey.persistence.jdbc.LedgerTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The newest revision, for a few microseconds: it is read again only when SQLite's {@code data_version} says that some
 * other connection, of this process or of another, has committed since. This one never writes, so it misses none.
 *
 * <p>Now and then it looks at the names of the files as well, which a connection can do without.
 */
final class RevisionPoller implements LedgerWatch {
    /** Every 50 ms while the watching thread looks every 2 ms, and every 200 ms while nobody asks for verdicts. */
    static final int LOOKS_AT_ONE_NAME = 25;

    private final SqliteFile file;
    private final SerialConnection lane;
    // All guarded by the lane.
    private @Nullable PreparedStatement dataVersion;
    private boolean known;
    private long seen;
    private long revision;
    private int looks;

    RevisionPoller(SqliteFile file) {
        this.file = file;
        lane = new SerialConnection(file, this::prepare);
    }

    /** SQLite notifies nobody of another process' commit. */
    @Override
    public long awaitRevision(long after, Duration atMost) {
        if (atMost.isPositive()) {
            LockSupport.parkNanos(atMost.toNanos());
        }
        return lane.call(this::look);
    }

    @Override
    public List<LedgerEntry> tail(long after, int count) {
        return lane.call(connection -> entries(new LedgerTable(connection).page(after, count)));
    }

    @Override
    public List<LedgerEntry> changes(long after, long upTo, int count) {
        return lane.call(connection -> entries(new LedgerTable(connection).changes(after, upTo, count)));
    }

    private static List<LedgerEntry> entries(List<LedgerRow> rows) {
        return rows.stream().map(LedgerRow::toEntry).toList();
    }

    @Override
    public Map<TokenId, Long> changed(long after, long upTo) {
        return lane.call(connection -> new LedgerTable(connection).changed(after, upTo));
    }

    private PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement("PRAGMA data_version");
        dataVersion = prepared;
        known = false;
        return prepared;
    }

    private long look(Connection connection) throws SQLException {
        looks++;
        if (looks >= LOOKS_AT_ONE_NAME) {
            file.refuseIfMoved();
            looks = 0; // if it was moved, the next look is at the name, too
        }
        // Asked before the revision: what is committed in between changes it once more.
        long version = number(requireNonNull(dataVersion));
        if (!known || version != seen) {
            revision = new LedgerTable(connection).newestRevision();
            seen = version;
            known = true;
        }
        return revision;
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        lane.close();
    }
}
