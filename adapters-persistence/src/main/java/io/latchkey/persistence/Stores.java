package io.latchkey.persistence;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.OwnerCodes;
import io.latchkey.application.StoreEngine;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.TokenStores;
import io.latchkey.persistence.jdbc.StoreRows;
import io.latchkey.persistence.postgresql.PostgresCopies;
import io.latchkey.persistence.postgresql.PostgresTokenStore;
import io.latchkey.persistence.sqlite.FileCopies;
import io.latchkey.persistence.sqlite.SqliteTokenStore;
import java.util.function.Function;

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
    public LedgerCheck.Whole copy(StoreLocation from, StoreLocation to, Existing existing) {
        if (from.equals(to)) {
            throw new AuthorityUnavailable(from + " cannot be copied to itself");
        }
        Function<StoreRows, LedgerCheck.Whole> writing = rows -> {
            if (rows.isEmpty()) {
                throw new AuthorityUnavailable(from + " is empty: check its address");
            }
            return switch (to) {
                case StoreLocation.File(var path) -> FileCopies.place(from.toString(), rows, path, existing);
                case StoreLocation.Postgres postgres -> PostgresCopies.fill(postgres, from.toString(), rows, existing);
            };
        };
        return switch (from) {
            case StoreLocation.File(var path) -> FileCopies.read(path, writing);
            case StoreLocation.Postgres postgres -> PostgresCopies.read(postgres, writing);
        };
    }

    @Override
    public StoreEngine engine() {
        return SqliteTokenStore.engine();
    }
}
