package io.latchkey.persistence.jdbc;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The tables of delivered notifications, which only a server reads. */
@JdbcRepository(dialect = Dialect.ANSI)
public interface DeliveryRepository extends GenericRepository<DeliveryRow, Integer> {
    @Query("INSERT INTO notice (one, revision, alarms, since) VALUES (1, :revision, :revision, :since)"
            + " ON CONFLICT DO NOTHING")
    void begin(long revision, long since);

    @Query("SELECT one, revision, alarms, since FROM notice")
    DeliveryRow progress();

    @Query("SELECT revision FROM owed_notice ORDER BY revision")
    List<Long> owed();

    @Query("SELECT token_id, expires_at, kind FROM end_notice ORDER BY token_id")
    List<ExpiryNoticeRow> expiryNotices();

    /** Does nothing for a token that no longer exists. */
    @Query("INSERT INTO end_notice (token_id, expires_at, kind)"
            + " SELECT id, :expiresAt, :kind FROM token WHERE id = :tokenId"
            + " ON CONFLICT (token_id) DO UPDATE SET expires_at = excluded.expires_at, kind = excluded.kind")
    void putExpiryNotice(long tokenId, long expiresAt, String kind);

    /** Returns how many rows have changed: none if the saved progress is ahead. */
    @Query("UPDATE notice SET revision = :revision, alarms = :alarms WHERE revision <= :revision AND alarms <= :alarms")
    int advance(long revision, long alarms);

    @Query("DELETE FROM owed_notice")
    void deleteOwed();

    @Query("INSERT INTO owed_notice (revision) VALUES (:revision)")
    void addOwed(long revision);
}
