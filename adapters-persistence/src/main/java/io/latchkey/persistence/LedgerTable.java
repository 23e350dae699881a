package io.latchkey.persistence;

import java.util.List;
import java.util.Optional;

/** The table {@code ledger} without a container, for a process that is over before one has started. */
final class LedgerTable implements LedgerRepository {
    private static final String SELECT = "SELECT " + LedgerRow.COLUMNS + " FROM ledger ";
    private static final Sql AFTER = new Sql(SELECT + "WHERE revision > ? ORDER BY revision");
    private static final Sql PAGE = new Sql(SELECT + "WHERE revision > ? ORDER BY revision LIMIT ?");
    private static final Sql NEWEST = new Sql(SELECT + "ORDER BY revision DESC LIMIT 1");
    private static final Sql NEXT_TOKEN_ID = new Sql("SELECT coalesce(max(token_id) + 1, 0) FROM ledger");
    private static final Sql INSERT = Sql.insert("ledger", LedgerRow.COLUMNS);

    @Override
    public List<LedgerRow> findByRevisionGreaterThanOrderByRevision(long revision) {
        return AFTER.all(LedgerRow::read, revision);
    }

    @Override
    public List<LedgerRow> page(long revision, int count) {
        return PAGE.all(LedgerRow::read, revision, count);
    }

    @Override
    public Optional<LedgerRow> newest() {
        return NEWEST.all(LedgerRow::read).stream().findFirst();
    }

    @Override
    public long nextTokenId() {
        return NEXT_TOKEN_ID.all(row -> row.getLong(1)).getFirst();
    }

    @Override
    public void save(LedgerRow row) {
        INSERT.run(row.values());
    }
}
