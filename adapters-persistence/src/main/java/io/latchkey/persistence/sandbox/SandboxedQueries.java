package io.latchkey.persistence.sandbox;

import io.latchkey.application.table.SystemTables;
import io.latchkey.application.table.SystemTokens;
import io.latchkey.application.table.Table;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Token metadata in an SQLite of its own: made for one query, locked, filled, asked, and thrown away, so that no query can
 * see or leave anything that matters.
 */
@Singleton
public final class SandboxedQueries implements SystemTables {
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Duration longest;

    /** For the loader, and for Micronaut. */
    @Inject
    public SandboxedQueries() {
        this(LONGEST);
    }

    /** With another bound for the time that a query may take. */
    SandboxedQueries(Duration longest) {
        this.longest = longest;
    }

    @Override
    public Table query(String sql, SystemTokens tokens, Instant now) {
        String statement = InfluxSql.toSqlite(sql);
        try (Sandbox sandbox = new Sandbox(tokens, now, longest)) {
            return sandbox.answer(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("a database in memory can be opened, filled and closed", e);
        }
    }
}
