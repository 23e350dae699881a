package io.latchkey.persistence.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** A row that SQLite reads, but that nobody can have written like this: the file is damaged there. */
public @SuppressWarnings("serial") // never serialized
final class DamagedRow extends RuntimeException {
    private final String where;

    DamagedRow(String where, Throwable cause) {
        super(where + " is not as it was written", cause);
        this.where = where;
    }

    /** Which row it is, such as {@code ledger entry 17}. */
    public String where() {
        return where;
    }

    /**
     * What a row is made into; a damaged one if that fails in any way.
     *
     * @param what the kind of row, before the number in its first column
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
