package io.latchkey.persistence;

import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The store without a container, which every command uses. */
final class SqliteTokenStoreTest implements TokenStoreContract {
    @TempDir
    Path directory;

    private TokenStore one;
    private TokenStore other;

    @BeforeEach
    void open() {
        Path file = directory.resolve("latchkey.db");
        one = SqliteTokenStore.open(file);
        other = SqliteTokenStore.open(file);
    }

    @AfterEach
    void close() {
        other.close();
        one.close();
    }

    @Override
    public TokenStore store() {
        return one;
    }

    @Override
    public TokenStore another() {
        return other;
    }

    @Override
    public TokenStore elsewhere() {
        return SqliteTokenStore.open(directory.resolve("other instance.db"));
    }

    @Override
    public TokenStore opened(byte[] copy) throws IOException {
        Path file = Files.createDirectory(directory.resolve("elsewhere")).resolve("copy.db");
        Files.write(file, copy);
        return SqliteTokenStore.open(file);
    }
}
