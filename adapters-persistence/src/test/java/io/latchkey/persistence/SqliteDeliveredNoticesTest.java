package io.latchkey.persistence;

import io.latchkey.application.DatabaseFiles;
import io.latchkey.application.TokenStore;
import io.latchkey.application.notification.DeliveryProgress;
import io.latchkey.application.notification.DeliveryProgressContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteDeliveredNoticesTest implements DeliveryProgressContract {
    private TokenStore store;
    private DeliveryProgress one;
    private DeliveryProgress other;

    @BeforeEach
    void open(@TempDir Path directory) {
        DatabaseFiles files = new SqliteTokenFiles();
        Path file = directory.resolve("latchkey.db");
        store = files.at(file);
        one = files.delivered(file);
        other = files.delivered(file);
    }

    @AfterEach
    void close() {
        other.close();
        one.close();
        store.close();
    }

    @Override
    public DeliveryProgress delivered() {
        return one;
    }

    @Override
    public DeliveryProgress another() {
        return other;
    }

    @Override
    public TokenStore store() {
        return store;
    }
}
