package io.latchkey.persistence.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The row of the table {@code ledger_head}: the newest entry of the ledger.
 *
 * @param epoch how often a ledger that had lost entries was accepted, counted from 1; 0 if no head was seen yet
 * @param revision of the newest entry; 0 if there is none
 * @param hash of the newest entry, in hexadecimal; empty if there is none
 */
record Head(long epoch, long revision, String hash) {
    /** Before any head was seen. */
    static final Head NONE = new Head(0, 0, "");

    /** From the columns {@code epoch}, {@code revision} and {@code hash}, in this order from a column on. */
    static Head read(ResultSet row, int column) throws SQLException {
        return new Head(row.getLong(column), row.getLong(column + 1), hex(row.getBytes(column + 2)));
    }

    private static String hex(byte @Nullable [] bytes) {
        return bytes == null ? "" : HexFormat.of().formatHex(bytes);
    }

    /** Whether this one has more entries than another, or was accepted later. */
    boolean isAfter(Head other) {
        return epoch > other.epoch || (epoch == other.epoch && revision > other.revision);
    }

    /**
     * Whether a ledger with a head contains the entry of this one.
     *
     * @param here the hash of that ledger's entry at this revision; null if it has none
     */
    boolean isContinuedBy(Head found, byte @Nullable [] here) {
        return epoch == 0
                || (epoch == found.epoch && revision <= found.revision && (revision == 0 || hash.equals(hex(here))));
    }
}
