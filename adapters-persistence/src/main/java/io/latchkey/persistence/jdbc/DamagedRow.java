package io.latchkey.persistence.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** A row that the database engine can read, but whose values Latchkey cannot have written: the database is damaged. */
public @SuppressWarnings("serial") // never serialized
final class DamagedRow extends RuntimeException {
    private final String where;

    DamagedRow(String where, Throwable cause) {
        super(where + " is damaged", cause);
        this.where = where;
    }

    /** The row, such as {@code ledger entry 17}. */
    public String where() {
        return where;
    }

    /**
     * Reads a row; throws a {@link DamagedRow} if the reader throws a {@link RuntimeException}.
     *
     * @param what the kind of row, such as {@code ledger entry}; the value of the row's first column is added to it
     */
    static <T> T unless(String what, ResultSet row, Sql.Reader<T> reader) throws SQLException {
        try {
            return reader.read(row);
        } catch (DamagedRow e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DamagedRow(what + " " + row.getString(1), e);
        }
    }
}
