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
 * Runs queries about token metadata, each in a private SQLite database in memory that is discarded afterwards: a query can
 * read no other data and changes nothing. A query has 2 seconds. Thread-safe.
 */
@Singleton
public final class SandboxedQueries implements SystemTables {
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Duration longest;

    /** For {@link java.util.ServiceLoader} and Micronaut. */
    @Inject
    public SandboxedQueries() {
        this(LONGEST);
    }

    /** @param longest the time limit of a query */
    SandboxedQueries(Duration longest) {
        this.longest = longest;
    }

    @Override
    public Table query(String sql, SystemTokens tokens, Instant now) {
        String statement = InfluxSql.toSqlite(sql);
        try (Sandbox sandbox = new Sandbox(tokens, now, longest)) {
            return sandbox.answer(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("a database in memory cannot be opened, filled or closed", e);
        }
    }
}
