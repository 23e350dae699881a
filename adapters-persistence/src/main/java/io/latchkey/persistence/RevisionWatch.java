package io.latchkey.persistence;

import io.latchkey.application.LedgerWatch;
import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.TokenId;
import io.latchkey.persistence.SqliteDataSource.SqliteConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest revision, for a few microseconds: it is read again only when SQLite's {@code data_version} says that some
 * other connection, of this process or of another, has committed since. This one never writes, so it misses none.
 *
 * <p>Now and then it looks at the names of the files as well, which a connection can do without.
 */
final class RevisionWatch implements LedgerWatch {
    /** Every 50 ms while the watching thread looks every 2 ms, and every 200 ms while nobody asks for verdicts. */
    static final int LOOKS_AT_ONE_NAME = 25;

    private final SqliteFile file;
    private final Lane lane;
    private final LedgerTable ledger = new LedgerTable();
    // All guarded by the lane.
    private @Nullable SqliteConnection watched;
    private @Nullable PreparedStatement dataVersion;
    private long seen;
    private long revision;
    private int looks;

    RevisionWatch(SqliteFile file) {
        this.file = file;
        lane = new Lane(file);
    }

    @Override
    public long revision() {
        return lane.call(this::look);
    }

    @Override
    public List<LedgerEntry> tail(long after, int count) {
        return lane.call(
                _ -> ledger.page(after, count).stream().map(LedgerRow::toEntry).toList());
    }

    @Override
    public List<LedgerEntry> changes(long after, long upTo, int count) {
        return lane.call(_ -> ledger.changes(after, upTo, count).stream()
                .map(LedgerRow::toEntry)
                .toList());
    }

    @Override
    public Map<TokenId, Long> changed(long after, long upTo) {
        return lane.call(_ -> ledger.changed(after, upTo));
    }

    private long look(SqliteConnection connection) throws SQLException {
        PreparedStatement asking = dataVersion;
        boolean known = asking != null && watched == connection;
        if (asking == null || !known) {
            asking = connection.prepareStatement("PRAGMA data_version");
            dataVersion = asking;
            watched = connection;
        }
        looks++;
        if (looks >= LOOKS_AT_ONE_NAME) {
            file.refuseIfMoved();
            looks = 0; // if it was moved, the next look is at the name, too
        }
        // Asked before the revision: what is committed in between changes it once more.
        long version = number(asking);
        if (!known || version != seen) {
            try (PreparedStatement newest = connection.prepareStatement("SELECT max(revision) FROM ledger")) {
                revision = number(newest);
            }
            seen = version;
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
