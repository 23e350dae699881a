package io.latchkey.persistence;

import io.latchkey.application.TokenStore;
import io.latchkey.application.notification.DeliveryProgress;
import io.latchkey.application.notification.DeliveryProgressContract;
import io.micronaut.context.ApplicationContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The delivery progress that two servers with one database save. */
public abstract class SavedProgressContract implements DeliveryProgressContract {
    private ApplicationContext one;
    private ApplicationContext other;

    /** The beans of another server with the same database, which is new in each test. */
    protected abstract ApplicationContext server();

    @BeforeEach
    final void start() {
        one = server();
        other = server();
    }

    @AfterEach
    final void close() {
        other.close();
        one.close();
    }

    @Override
    public final DeliveryProgress delivered() {
        return one.getBean(DeliveryProgress.class);
    }

    @Override
    public final DeliveryProgress another() {
        return other.getBean(DeliveryProgress.class);
    }

    @Override
    public final TokenStore store() {
        return one.getBean(TokenStore.class);
    }
}
