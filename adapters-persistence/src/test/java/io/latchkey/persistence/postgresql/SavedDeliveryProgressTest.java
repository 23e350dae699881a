package io.latchkey.persistence.postgresql;

import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.application.notification.DeliveryProgress;
import io.latchkey.application.notification.DeliveryProgressContract;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.RuntimeBeanDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class SavedDeliveryProgressTest implements DeliveryProgressContract {
    private ApplicationContext one;
    private ApplicationContext other;

    @BeforeEach
    void open() {
        StoreLocation.Postgres database = Postgres.database();
        one = run(database);
        other = run(database);
    }

    private static ApplicationContext run(StoreLocation.Postgres database) {
        return ApplicationContext.builder()
                .beanDefinitions(RuntimeBeanDefinition.of(database))
                .start();
    }

    @AfterEach
    void close() {
        other.close();
        one.close();
    }

    @Override
    public DeliveryProgress delivered() {
        return one.getBean(DeliveryProgress.class);
    }

    @Override
    public DeliveryProgress another() {
        return other.getBean(DeliveryProgress.class);
    }

    @Override
    public TokenStore store() {
        return one.getBean(TokenStore.class);
    }
}
