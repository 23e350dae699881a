package io.latchkey.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.TokenFiles;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStoreContract;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store without a container, beside one that lives in Micronaut: what one writes, the other reads. */
final class SqliteTokenFilesTest implements TokenStoreContract {
    private final TokenFiles files =
            ServiceLoader.load(TokenFiles.class).findFirst().orElseThrow();
    private TokenStore store;
    private Opened other;

    @BeforeEach
    void open(@TempDir Path directory) {
        Path file = directory.resolve("latchkey.db");
        store = files.at(file);
        other = Opened.at(file);
    }

    @AfterEach
    void close() {
        other.close();
        store.close();
    }

    @Override
    public TokenStore store() {
        return store;
    }

    @Override
    public TokenStore another() {
        return other.store();
    }

    @Test
    void answers_sql() {
        assertThat(files.tables()).isInstanceOf(SqliteSystemTables.class);
    }
}
