package io.latchkey.persistence.jdbc;

import io.latchkey.domain.TokenDigest;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The values of one token, from a row of a table or from the members of a JSON object; a place is the number of a column,
 * counted from 1.
 */
interface ColumnValues {
    /** An integer; if it is missing, a row returns 0 and JSON throws a {@link RuntimeException}. */
    long number(int place) throws SQLException;

    /** An integer, or null. */
    @Nullable
    Long optionalNumber(int place) throws SQLException;

    /** A text; throws a {@link RuntimeException} if it is missing. */
    String text(int place) throws SQLException;

    /** A text, or null. */
    @Nullable
    String optionalText(int place) throws SQLException;

    /** A digest; throws a {@link RuntimeException} if it is missing or malformed. */
    TokenDigest digest(int place) throws SQLException;
}
