package io.latchkey.application;

import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.SystemTables;
import io.latchkey.application.table.SystemTokens;
import io.latchkey.application.table.Table;
import io.latchkey.domain.TokenFailure;
import java.time.Instant;

/** System tables that know one statement, {@link #STATEMENT}. */
public final class InMemorySystemTables implements SystemTables {
    /** All tokens, asked for in words of its own. */
    public static final String STATEMENT = SystemQuery.ALL_TOKENS.sql() + " order by token_id";

    private final Runnable first;

    public InMemorySystemTables() {
        this(() -> {});
    }

    /** With something to do before each answer. */
    public InMemorySystemTables(Runnable first) {
        this.first = first;
    }

    @Override
    public Table query(String sql, SystemTokens tokens, Instant now) {
        first.run();
        if (!sql.equals(STATEMENT)) {
            throw new TokenFailure.BadQuery("Error during planning: not understood: " + sql);
        }
        return tokens.toTable();
    }
}
