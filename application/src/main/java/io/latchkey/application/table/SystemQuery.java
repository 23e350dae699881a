package io.latchkey.application.table;

import io.latchkey.domain.TokenFailure;

/**
 * An SQL query about the tokens (contract 1.10).
 *
 * @param database must be {@value #DATABASE}, the only one
 */
public record SystemQuery(String database, String sql) {
    /** InfluxDB's database of system tables. */
    public static final String DATABASE = "_internal";

    /** All columns of all tokens, in the order of their ids. */
    public static final SystemQuery ALL_TOKENS = new SystemQuery(DATABASE, "select * from system.tokens");

    /** Whether this is {@link #ALL_TOKENS}, ignoring case; it is answered without SQL. */
    public boolean asksForAll() {
        return sql.strip().equalsIgnoreCase(ALL_TOKENS.sql);
    }

    public void checkDatabase() {
        if (!database.equals(DATABASE)) {
            throw new TokenFailure.NoSuchDatabase(database);
        }
    }
}
