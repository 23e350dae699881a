package io.latchkey.persistence.sqlite;

import io.latchkey.application.OwnerCodes;
import io.latchkey.application.TokenStore;
import io.latchkey.application.notification.DeliveryProgress;
import io.latchkey.persistence.jdbc.CurrentConnection;
import io.latchkey.persistence.jdbc.DeliveryRepository;
import io.latchkey.persistence.jdbc.JdbcTokenStore;
import io.latchkey.persistence.jdbc.SavedDeliveryProgress;
import io.latchkey.persistence.jdbc.SessionDataSource;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.PropertySource;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;

/** Micronaut beans for a server with an SQLite file; the property {@value #FILE} is its path. */
@Factory
@Requires(property = SqliteBeans.FILE)
final class SqliteBeans {
    static final String FILE = "latchkey.database";

    @Singleton
    SqliteDatabase database(@Property(name = FILE) String file) {
        return new SqliteDatabase(new SqliteFile(Path.of(file)));
    }

    @Singleton
    OwnerCodes ownerCodes(@Property(name = FILE) String file) {
        return new CodeBesideDatabase(Path.of(file));
    }

    @Singleton
    @Bean(preDestroy = "close")
    TokenStore store(SqliteDatabase database) {
        return new JdbcTokenStore(database);
    }

    @Singleton
    CurrentConnection currentConnection() {
        return new CurrentConnection();
    }

    @Singleton
    @Named("default")
    DataSource dataSource(CurrentConnection current) {
        return new SessionDataSource(current);
    }

    @Singleton
    @Bean(preDestroy = "close")
    DeliveryProgress deliveryProgress(
            SqliteDatabase database, CurrentConnection current, DeliveryRepository repository) {
        return new SavedDeliveryProgress(database.open(), current, repository);
    }

    /** Configures the SQL dialect, which Micronaut Data requires for each data source; it has none for SQLite. */
    @ContextConfigurer
    public static final class Dialect implements ApplicationContextConfigurer {
        /** Public, because Micronaut ignores other configurers. */
        public Dialect() {}

        @Override
        public void configure(ApplicationContextBuilder builder) {
            builder.propertySources(PropertySource.of("sqlite", Map.of("datasources.default.dialect", "ANSI")));
        }
    }
}
