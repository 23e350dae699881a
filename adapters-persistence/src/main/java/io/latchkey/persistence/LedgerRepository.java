package io.latchkey.persistence;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** The table {@code ledger}, on the connection of the {@link Lane} that the calling thread is in. */
@JdbcRepository(dialect = Dialect.ANSI)
interface LedgerRepository extends GenericRepository<LedgerRow, Long> {
    List<LedgerRow> findByRevisionGreaterThanOrderByRevision(long revision);

    /** The first {@code count} rows after a revision. */
    @Query("SELECT * FROM ledger WHERE revision > :revision ORDER BY revision LIMIT :count")
    List<LedgerRow> page(long revision, int count);

    /** The first {@code count} rows about a token after a revision, by the index of tokens. */
    @Query("SELECT * FROM ledger WHERE token_id = :token AND revision > :revision ORDER BY revision LIMIT :count")
    List<LedgerRow> history(long token, long revision, int count);

    @Query("SELECT * FROM ledger ORDER BY revision DESC LIMIT 1")
    Optional<LedgerRow> newest();

    /** One more than the highest identity that a token ever had. */
    @Query("SELECT coalesce(max(token_id) + 1, 0) FROM ledger")
    long nextTokenId();

    void save(LedgerRow row);
}
