package io.latchkey.persistence.postgresql;

import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.persistence.jdbc.JdbcTokenStore;

/** Opens a token store in a PostgreSQL database, without a container. */
public final class PostgresTokenStore {
    private PostgresTokenStore() {}

    /** The store, whose tables are created, checked and migrated at the first use. The caller closes it. */
    public static TokenStore open(StoreLocation.Postgres location) {
        PostgresServer server = new PostgresServer(location);
        return new JdbcTokenStore(new PostgresDatabase(server, new NewestHead(location, Head.NONE)));
    }
}
