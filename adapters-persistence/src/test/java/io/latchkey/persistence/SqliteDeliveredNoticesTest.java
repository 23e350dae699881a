package io.latchkey.persistence;

import io.latchkey.application.DeliveredNotices;
import io.latchkey.application.DeliveredNoticesContract;
import io.latchkey.application.TokenFiles;
import io.latchkey.application.TokenStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteDeliveredNoticesTest implements DeliveredNoticesContract {
    private TokenStore store;
    private DeliveredNotices one;
    private DeliveredNotices other;

    @BeforeEach
    void open(@TempDir Path directory) {
        TokenFiles files = new SqliteTokenFiles();
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
    public DeliveredNotices delivered() {
        return one;
    }

    @Override
    public DeliveredNotices another() {
        return other;
    }

    @Override
    public TokenStore store() {
        return store;
    }
}
