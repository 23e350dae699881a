package io.latchkey.persistence.sqlite;

import io.latchkey.application.TokenStore;
import io.latchkey.application.notification.DeliveryProgress;
import io.latchkey.application.notification.DeliveryProgressContract;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SavedDeliveryProgressTest implements DeliveryProgressContract {
    private ApplicationContext one;
    private ApplicationContext other;

    @BeforeEach
    void open(@TempDir Path directory) {
        Map<String, Object> properties =
                Map.of(SqliteBeans.FILE, directory.resolve("latchkey.db").toString());
        one = ApplicationContext.run(properties);
        other = ApplicationContext.run(properties);
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
