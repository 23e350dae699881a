package io.latchkey.persistence.postgresql;

import io.latchkey.application.OwnerCodes;
import io.latchkey.application.StoreLocation;
import io.latchkey.persistence.jdbc.Database;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Micronaut beans for a server with a PostgreSQL database, whose location is a bean, too. */
@Factory
@Requires(beans = StoreLocation.Postgres.class)
final class PostgresBeans {
    @Singleton
    Database database(StoreLocation.Postgres location) {
        return PostgresTokenStore.database(location);
    }

    @Singleton
    OwnerCodes ownerCodes(StoreLocation.Postgres location) {
        return PostgresTokenStore.codes(location);
    }
}
