package io.latchkey.persistence.jdbc;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The tables with the delivery progress of notifications; only a server uses them. Times are milliseconds since 1970. */
@JdbcRepository(dialect = Dialect.ANSI)
public interface DeliveryRepository extends GenericRepository<DeliveryRow, Integer> {
    /** Inserts the only row of {@code notice}; does nothing if it exists. */
    @Query("INSERT INTO notice (one, revision, alarms, since) VALUES (1, :revision, :revision, :since)"
            + " ON CONFLICT DO NOTHING")
    void begin(long revision, long since);

    /** The only row of {@code notice}; call {@link #begin} first. */
    @Query("SELECT one, revision, alarms, since FROM notice")
    DeliveryRow progress();

    /** The revisions that are not delivered yet, although the progress is beyond them. */
    @Query("SELECT revision FROM owed_notice ORDER BY revision")
    List<Long> owed();

    /** The last expiry notification of each token that has one. */
    @Query("SELECT token_id, expires_at, kind FROM end_notice ORDER BY token_id")
    List<ExpiryNoticeRow> expiryNotices();

    /** Saves the last expiry notification of a token; does nothing if the token no longer exists. */
    @Query("INSERT INTO end_notice (token_id, expires_at, kind)"
            + " SELECT id, :expiresAt, :kind FROM token WHERE id = :tokenId"
            + " ON CONFLICT (token_id) DO UPDATE SET expires_at = excluded.expires_at, kind = excluded.kind")
    void putExpiryNotice(long tokenId, long expiresAt, String kind);

    /** Saves the progress; returns the number of changed rows, which is 0 if the saved progress is ahead. */
    @Query("UPDATE notice SET revision = :revision, alarms = :alarms WHERE revision <= :revision AND alarms <= :alarms")
    int advance(long revision, long alarms);

    @Query("DELETE FROM owed_notice")
    void deleteOwed();

    @Query("INSERT INTO owed_notice (revision) VALUES (:revision)")
    void addOwed(long revision);
}
