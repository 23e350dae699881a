package io.latchkey.persistence.jdbc;

import java.io.Serial;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a store in one consistent state, for a copy in a database of any engine. They are read one after another, so
 * that a store of any size needs little memory.
 */
public final class StoreRows {
    /** The rows that are fetched and written at once. */
    private static final int BATCH = 500;

    private final Connection source;

    private StoreRows(Connection source) {
        this.source = source;
    }

    /** Runs work on the rows of the database of a session, which reports failures to read them. */
    public static <T> T in(Session session, Function<StoreRows, T> work) {
        return session.read(connection -> {
            try {
                return work.apply(new StoreRows(connection));
            } catch (ReadFailed e) {
                throw e.failure;
            }
        });
    }

    /** Whether the ledger has no entry. */
    public boolean isEmpty() {
        try {
            return new LedgerTable(source).newestRevision() == 0;
        } catch (SQLException e) {
            throw new ReadFailed(e);
        }
    }

    /**
     * Replaces all rows of a store by these, instance id included. Has to run in a transaction.
     *
     * @throws SQLException if the target cannot be written; a failure to read is thrown by {@link #in}
     */
    public void replace(Connection target) throws SQLException {
        try (Statement delete = target.createStatement()) {
            for (CopiedTable table : CopiedTable.ALL.reversed()) {
                delete.executeUpdate("DELETE FROM " + table.name());
            }
        }
        for (CopiedTable table : CopiedTable.ALL) {
            copy(table, target);
        }
    }

    private void copy(CopiedTable table, Connection target) throws SQLException {
        try (PreparedStatement insert = target.prepareStatement(table.insert());
                Rows rows = new Rows(table)) {
            for (List<@Nullable Object[]> batch = rows.next(); !batch.isEmpty(); batch = rows.next()) {
                for (@Nullable Object[] values : batch) {
                    table.set(insert, values);
                    insert.addBatch();
                }
                for (int count : insert.executeBatch()) {
                    if (count != 1) {
                        throw new SQLException("a row of " + table.name() + " was not inserted");
                    }
                }
            }
        }
    }

    /** The rows of one table, in batches. */
    private final class Rows implements AutoCloseable {
        private final CopiedTable table;
        private final PreparedStatement select;
        private final ResultSet rows;

        Rows(CopiedTable table) {
            this.table = table;
            try {
                select = source.prepareStatement(table.select());
                select.setFetchSize(BATCH);
                rows = select.executeQuery();
            } catch (SQLException e) {
                throw new ReadFailed(e);
            }
        }

        /** The values of the next rows; empty after the last. */
        List<@Nullable Object[]> next() {
            try {
                List<@Nullable Object[]> batch = new ArrayList<>(BATCH);
                while (batch.size() < BATCH && rows.next()) {
                    batch.add(table.values(rows));
                }
                return batch;
            } catch (SQLException e) {
                throw new ReadFailed(e);
            }
        }

        @Override
        public void close() throws SQLException {
            select.close();
        }
    }

    /** Carries a failure to read past the code that reports failures to write. */
    private static final class ReadFailed extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        private final SQLException failure;

        ReadFailed(SQLException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
