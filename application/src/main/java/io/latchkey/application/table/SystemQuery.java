package io.latchkey.application.table;

import io.latchkey.domain.TokenFailure;

/**
 * A question in SQL about the tokens (contract 1.10).
 *
 * @param database the only one there is, {@value #DATABASE}, or there is no answer
 */
public record SystemQuery(String database, String sql) {
    /** InfluxDB's database of itself. */
    public static final String DATABASE = "_internal";

    /** All there is to know, in the order of the tokens' ids. */
    public static final SystemQuery ALL_TOKENS = new SystemQuery(DATABASE, "select * from system.tokens");

    /** Whether it is, but for its letters' case, {@link #ALL_TOKENS}: nothing that has to be found out in SQL. */
    public boolean asksForAll() {
        return sql.strip().equalsIgnoreCase(ALL_TOKENS.sql);
    }

    public void checkDatabase() {
        if (!database.equals(DATABASE)) {
            throw new TokenFailure.NoSuchDatabase(database);
        }
    }
}
