package io.latchkey.persistence;

import io.latchkey.application.TokenStore;
import io.latchkey.application.notification.DeliveryProgress;
import io.latchkey.persistence.jdbc.CurrentConnection;
import io.latchkey.persistence.jdbc.Database;
import io.latchkey.persistence.jdbc.DeliveryRepository;
import io.latchkey.persistence.jdbc.JdbcTokenStore;
import io.latchkey.persistence.jdbc.SavedDeliveryProgress;
import io.latchkey.persistence.jdbc.SessionDataSource;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.PropertySource;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import javax.sql.DataSource;

/** Micronaut beans for a server with a store, whatever its {@link Database} is. */
@Factory
@Requires(beans = Database.class)
final class StoreBeans {
    @Singleton
    @Bean(preDestroy = "close")
    TokenStore store(Database database) {
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
    DeliveryProgress deliveryProgress(Database database, CurrentConnection current, DeliveryRepository repository) {
        return new SavedDeliveryProgress(database, current, repository);
    }

    /** Configures the SQL dialect, which Micronaut Data requires for each data source: the statements are standard SQL. */
    @ContextConfigurer
    public static final class Dialect implements ApplicationContextConfigurer {
        /** Public, because Micronaut ignores other configurers. */
        public Dialect() {}

        @Override
        public void configure(ApplicationContextBuilder builder) {
            builder.propertySources(PropertySource.of("store", Map.of("datasources.default.dialect", "ANSI")));
        }
    }
}
