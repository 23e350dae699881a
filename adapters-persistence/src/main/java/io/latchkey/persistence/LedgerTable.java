package io.latchkey.persistence;

import io.latchkey.domain.TokenId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code ledger} without a container, for a process that is over before one has started. */
final class LedgerTable implements LedgerRepository {
    private static final String SELECT = "SELECT " + LedgerRow.COLUMNS + " FROM ledger ";
    private static final Sql AFTER = new Sql(SELECT + "WHERE revision > ? ORDER BY revision");
    private static final Sql PAGE = new Sql(SELECT + "WHERE revision > ? ORDER BY revision LIMIT ?");
    // SQLite looks at the columns before the tokens only: a million entries that add tokens take it half a second.
    private static final String CHANGES =
            "WHERE revision > ? AND revision <= ? AND before IS NOT NULL ORDER BY revision";
    private static final Sql CHANGE_PAGE = new Sql(SELECT + CHANGES + " LIMIT ?");
    private static final Sql CHANGED = new Sql("SELECT token_id, revision FROM ledger " + CHANGES);
    private static final Sql HISTORY =
            new Sql(SELECT + "WHERE token_id = ? AND revision > ? ORDER BY revision LIMIT ?");
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

    /** The first {@code count} rows of a span that change or end a token. */
    List<LedgerRow> changes(long after, long upTo, int count) {
        return CHANGE_PAGE.all(LedgerRow::read, after, upTo, count);
    }

    /** The tokens that such rows are about, each with the last of them. */
    Map<TokenId, Long> changed(long after, long upTo) {
        Map<TokenId, Long> changed = new HashMap<>();
        CHANGED.each(row -> changed.put(new TokenId(row.getLong(1)), row.getLong(2)), after, upTo);
        return changed;
    }

    @Override
    public List<LedgerRow> history(long token, long revision, int count) {
        return HISTORY.all(LedgerRow::read, token, revision, count);
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
