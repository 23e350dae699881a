package io.latchkey.persistence.sqlite;

import io.latchkey.application.TokenStore;
import io.latchkey.persistence.jdbc.JdbcTokenStore;
import java.nio.file.Path;

/**
 * The way in for a service that keeps its tokens by itself and knows no container.
 *
 * <p>One that lives in Micronaut sets {@code latchkey.database} and asks its own for a {@link TokenStore}.
 */
public final class SqliteTokenStore {
    private SqliteTokenStore() {}

    /** The tokens in a file, which is made, checked and brought up to date at the first use; to be closed. */
    public static TokenStore open(Path file) {
        return new JdbcTokenStore(new SqliteDatabase(new SqliteFile(file)));
    }
}
