package io.latchkey.persistence;

import io.latchkey.application.notification.DeliveryProgress;
import io.latchkey.application.notification.Notification;
import io.latchkey.domain.TokenId;
import io.latchkey.persistence.SqliteDataSource.SqliteConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** What was told of the tokens in one SQLite file, over a connection of its own. */
final class SqliteDeliveredNotices implements DeliveryProgress {
    private static final String BEGIN =
            "INSERT INTO notice (one, revision, alarms, since) VALUES (1, ?1, ?1, ?2) ON CONFLICT DO NOTHING";
    private static final String GO_ON =
            "UPDATE notice SET revision = ?1, alarms = ?2 WHERE revision <= ?1 AND alarms <= ?2";

    // A token may be gone by now: of that one nothing is kept.
    private static final String TELL = """
            INSERT INTO end_notice (token_id, expires_at, kind)
            SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM token WHERE id = ?1)
            ON CONFLICT (token_id) DO UPDATE SET expires_at = excluded.expires_at, kind = excluded.kind
            """;

    private final Lane lane;

    SqliteDeliveredNotices(SqliteFile file) {
        lane = new Lane(file);
    }

    @Override
    public Progress resume(long revision, Instant now) {
        return lane.write(connection -> {
            try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
                begin.setLong(1, revision);
                begin.setLong(2, now.toEpochMilli());
                begin.executeUpdate();
            }
            try (PreparedStatement query = connection.prepareStatement("SELECT revision, alarms, since FROM notice");
                    ResultSet row = query.executeQuery()) {
                return new Progress(
                        new Changes(row.getLong(1), row.getLong(2), owed(connection)),
                        Instant.ofEpochMilli(row.getLong(3)),
                        ends(connection));
            }
        });
    }

    private static SortedSet<Long> owed(SqliteConnection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT revision FROM owed_notice");
                ResultSet row = query.executeQuery()) {
            SortedSet<Long> owed = new TreeSet<>();
            while (row.next()) {
                owed.add(row.getLong(1));
            }
            return owed;
        }
    }

    private static List<End> ends(SqliteConnection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT token_id, expires_at, kind FROM end_notice ORDER BY token_id");
                ResultSet row = query.executeQuery()) {
            List<End> ends = new ArrayList<>();
            while (row.next()) {
                ends.add(DamagedRow.unless("the notice of token", row, SqliteDeliveredNotices::end));
            }
            return ends;
        }
    }

    private static End end(ResultSet row) throws SQLException {
        return new End(
                new TokenId(row.getLong(1)),
                Instant.ofEpochMilli(row.getLong(2)),
                Notification.Kind.valueOf(row.getString(3).toUpperCase(Locale.ROOT)));
    }

    @Override
    public void record(Changes changes, List<End> ends) {
        var _ = lane.write(connection -> {
            try (PreparedStatement tell = connection.prepareStatement(TELL);
                    PreparedStatement goOn = connection.prepareStatement(GO_ON)) {
                for (End end : ends) {
                    tell.setLong(1, end.token().value());
                    tell.setLong(2, end.at().toEpochMilli());
                    tell.setString(3, end.kind().name().toLowerCase(Locale.ROOT));
                    tell.executeUpdate();
                }
                goOn.setLong(1, changes.revision());
                goOn.setLong(2, changes.alarms());
                int gone = goOn.executeUpdate();
                if (gone > 0) {
                    owe(connection, changes.owed());
                }
                return gone;
            }
        });
    }

    private static void owe(SqliteConnection connection, SortedSet<Long> owed) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement("DELETE FROM owed_notice");
                PreparedStatement owe = connection.prepareStatement("INSERT INTO owed_notice (revision) VALUES (?)")) {
            forget.executeUpdate();
            for (long revision : owed) {
                owe.setLong(1, revision);
                owe.executeUpdate();
            }
        }
    }

    @Override
    public void close() {
        lane.close();
    }
}
