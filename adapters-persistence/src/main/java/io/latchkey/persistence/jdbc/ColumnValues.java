package io.latchkey.persistence.jdbc;

import io.latchkey.domain.TokenDigest;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The values of one row by the places of their columns, wherever the row is kept. */
interface ColumnValues {
    /** A whole number; 0 if it is missing. */
    long number(int place) throws SQLException;

    @Nullable
    Long optionalNumber(int place) throws SQLException;

    /** A text; a {@link RuntimeException} if it is missing. */
    String text(int place) throws SQLException;

    @Nullable
    String optionalText(int place) throws SQLException;

    /** A digest; a {@link RuntimeException} if it is missing or none. */
    TokenDigest digest(int place) throws SQLException;
}
