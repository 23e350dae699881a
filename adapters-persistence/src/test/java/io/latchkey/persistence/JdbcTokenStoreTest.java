package io.latchkey.persistence;

import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class JdbcTokenStoreTest implements TokenStoreContract {
    private Opened one;
    private Opened other;

    @BeforeEach
    void open(@TempDir Path directory) {
        Path file = directory.resolve("latchkey.db");
        one = Opened.at(file);
        other = Opened.at(file);
    }

    @AfterEach
    void close() {
        other.close();
        one.close();
    }

    @Override
    public TokenStore store() {
        return one.store();
    }

    @Override
    public TokenStore another() {
        return other.store();
    }
}
