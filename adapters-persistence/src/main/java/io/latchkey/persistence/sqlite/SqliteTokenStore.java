package io.latchkey.persistence.sqlite;

import io.latchkey.application.OwnerCodes;
import io.latchkey.application.StoreEngine;
import io.latchkey.application.TokenStore;
import io.latchkey.persistence.jdbc.JdbcTokenStore;
import java.nio.file.Path;

/**
 * Opens a token store in an SQLite file, for a program that embeds Latchkey without a container.
 *
 * <p>A program with Micronaut sets {@code latchkey.database} and injects a {@link TokenStore} instead.
 */
public final class SqliteTokenStore {
    private SqliteTokenStore() {}

    /** The store in a file, which is created, checked and migrated at the first use. The caller closes the store. */
    public static TokenStore open(Path file) {
        return new JdbcTokenStore(new SqliteDatabase(new SqliteFile(file)));
    }

    /** The codes by which an owner of a file signs in to a server that uses it. */
    public static OwnerCodes codes(Path file) {
        return new CodeBesideDatabase(file);
    }

    /** SQLite, and the version of the tables that this program makes. */
    public static StoreEngine engine() {
        return new StoreEngine("SQLite", DatabaseInspection.library(), Schema.VERSION);
    }
}
