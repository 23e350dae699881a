package io.latchkey.persistence.postgresql;

import io.latchkey.application.OwnerCodes;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.persistence.jdbc.Database;
import io.latchkey.persistence.jdbc.JdbcTokenStore;

/** Opens a token store in a PostgreSQL database, without a container. */
public final class PostgresTokenStore {
    private PostgresTokenStore() {}

    /** The store, whose tables are created, checked and migrated at the first use. The caller closes it. */
    public static TokenStore open(StoreLocation.Postgres location) {
        return new JdbcTokenStore(database(location));
    }

    static Database database(StoreLocation.Postgres location) {
        return new PostgresDatabase(new PostgresServer(location), new NewestHead(location));
    }

    /** The codes by which an owner of the database signs in to a server that uses it. */
    public static OwnerCodes codes(StoreLocation.Postgres location) {
        return new CodeInDatabase(new PostgresServer(location));
    }
}
