package io.latchkey.persistence.sqlite;

import io.latchkey.application.OwnerCodes;
import io.latchkey.application.StoreEngine;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStores;

/** Stores in SQLite files, without a container; found by {@link java.util.ServiceLoader}. */
public final class SqliteStores implements TokenStores {
    /** For the loader. */
    public SqliteStores() {}

    @Override
    public TokenStore open(StoreLocation location) {
        return switch (location) {
            case StoreLocation.File(var path) -> SqliteTokenStore.open(path);
        };
    }

    @Override
    public OwnerCodes codes(StoreLocation location) {
        return switch (location) {
            case StoreLocation.File(var path) -> new CodeBesideDatabase(path);
        };
    }

    @Override
    public StoreEngine engine() {
        return new StoreEngine("SQLite", DatabaseInspection.library(), Schema.VERSION);
    }
}
