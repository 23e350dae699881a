package io.latchkey.persistence;

import io.latchkey.application.OwnerCodes;
import io.latchkey.application.StoreEngine;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStores;
import io.latchkey.persistence.postgresql.PostgresTokenStore;
import io.latchkey.persistence.sqlite.SqliteTokenStore;

/** Stores in SQLite files and in PostgreSQL, without a container; found by {@link java.util.ServiceLoader}. */
public final class Stores implements TokenStores {
    /** For the loader. */
    public Stores() {}

    @Override
    public TokenStore open(StoreLocation location) {
        return switch (location) {
            case StoreLocation.File(var path) -> SqliteTokenStore.open(path);
            case StoreLocation.Postgres postgres -> PostgresTokenStore.open(postgres);
        };
    }

    @Override
    public OwnerCodes codes(StoreLocation location) {
        return switch (location) {
            case StoreLocation.File(var path) -> SqliteTokenStore.codes(path);
            case StoreLocation.Postgres postgres -> PostgresTokenStore.codes(postgres);
        };
    }

    @Override
    public StoreEngine engine() {
        return SqliteTokenStore.engine();
    }
}
