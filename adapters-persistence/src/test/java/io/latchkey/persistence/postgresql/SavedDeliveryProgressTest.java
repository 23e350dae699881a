package io.latchkey.persistence.postgresql;

import io.latchkey.application.StoreLocation;
import io.latchkey.persistence.SavedProgressContract;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.RuntimeBeanDefinition;

final class SavedDeliveryProgressTest extends SavedProgressContract {
    private final StoreLocation.Postgres database = Postgres.database();

    @Override
    protected ApplicationContext server() {
        return ApplicationContext.builder()
                .beanDefinitions(RuntimeBeanDefinition.of(database))
                .start();
    }
}
