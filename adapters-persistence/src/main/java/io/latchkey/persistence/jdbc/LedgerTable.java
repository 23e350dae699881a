package io.latchkey.persistence.jdbc;

import io.latchkey.domain.TokenId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements on the table {@code ledger}, run on one connection; rows are returned in the order of their revisions. */
public record LedgerTable(Connection connection) {
    private static final String SELECT = "SELECT " + LedgerRow.COLUMNS.list() + " FROM ledger ";
    private static final Sql AFTER = new Sql(SELECT + "WHERE revision > ? ORDER BY revision");
    private static final Sql PAGE = new Sql(SELECT + "WHERE revision > ? ORDER BY revision LIMIT ?");
    // `before` precedes the long columns, so SQLite skips entries of new tokens fast: a million of them in half a
    // second.
    private static final String CHANGES =
            "WHERE revision > ? AND revision <= ? AND before IS NOT NULL ORDER BY revision";
    private static final Sql CHANGE_PAGE = new Sql(SELECT + CHANGES + " LIMIT ?");
    private static final Sql CHANGED = new Sql("SELECT token_id, revision FROM ledger " + CHANGES);
    private static final Sql HISTORY =
            new Sql(SELECT + "WHERE token_id = ? AND revision > ? ORDER BY revision LIMIT ?");
    private static final Sql NEWEST_REVISION = new Sql("SELECT coalesce(max(revision), 0) FROM ledger");
    private static final Sql NEXT_TOKEN_ID = new Sql("SELECT coalesce(max(token_id) + 1, 0) FROM ledger");
    private static final Sql END = new Sql("SELECT " + LedgerRow.COLUMNS.list() + ", (" + NEXT_TOKEN_ID.text()
            + ") FROM ledger ORDER BY revision DESC LIMIT 1");
    private static final Sql INSERT = Sql.insert("ledger", LedgerRow.COLUMNS);

    /** All rows after a revision. */
    List<LedgerRow> after(long revision) throws SQLException {
        return AFTER.all(connection, LedgerRow::read, revision);
    }

    /** The first {@code count} rows after a revision. */
    public List<LedgerRow> page(long revision, int count) throws SQLException {
        return PAGE.all(connection, LedgerRow::read, revision, count);
    }

    /** The first {@code count} rows with revisions in {@code (after, upTo]} that change or revoke a token. */
    List<LedgerRow> changes(long after, long upTo, int count) throws SQLException {
        return CHANGE_PAGE.all(connection, LedgerRow::read, after, upTo, count);
    }

    /** The tokens of all such rows, each with the revision of its last row. */
    Map<TokenId, Long> changed(long after, long upTo) throws SQLException {
        Map<TokenId, Long> changed = new HashMap<>();
        CHANGED.each(connection, row -> changed.put(new TokenId(row.getLong(1)), row.getLong(2)), after, upTo);
        return changed;
    }

    /** The first {@code count} rows about a token after a revision; uses the index on {@code token_id}. */
    List<LedgerRow> history(long token, long revision, int count) throws SQLException {
        return HISTORY.all(connection, LedgerRow::read, token, revision, count);
    }

    /**
     * The row with the highest revision.
     *
     * @param nextTokenId as {@link #nextTokenId}
     */
    record End(LedgerRow newest, long nextTokenId) {}

    /** Empty if there is no row. */
    Optional<End> end() throws SQLException {
        return END.first(connection, row -> new End(LedgerRow.read(row), row.getLong(LedgerRow.COLUMNS.count() + 1)));
    }

    /** The revision of the newest row; 0 if there is none. */
    public long newestRevision() throws SQLException {
        return NEWEST_REVISION.number(connection);
    }

    /** One more than the highest id that a token ever had; 0 if there was no token yet. */
    long nextTokenId() throws SQLException {
        return NEXT_TOKEN_ID.number(connection);
    }

    void insertAll(List<LedgerRow> rows) throws SQLException {
        INSERT.runAll(connection, rows.stream().map(LedgerRow.COLUMNS::values).toList());
    }

    void insert(LedgerRow row) throws SQLException {
        INSERT.run(connection, LedgerRow.COLUMNS.values(row));
    }
}
