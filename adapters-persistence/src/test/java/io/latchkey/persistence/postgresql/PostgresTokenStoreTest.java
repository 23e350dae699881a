package io.latchkey.persistence.postgresql;

import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenLines;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStoreContract;
import io.latchkey.domain.Token;
import io.latchkey.persistence.jdbc.JsonTokenLines;
import io.latchkey.persistence.sqlite.SqliteTokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class PostgresTokenStoreTest implements TokenStoreContract {
    @TempDir
    Path directory;

    private StoreLocation.Postgres database;
    private TokenStore one;
    private TokenStore other;

    @BeforeEach
    void open() {
        database = Postgres.database();
        one = PostgresTokenStore.open(database);
        other = PostgresTokenStore.open(database);
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
        return PostgresTokenStore.open(Postgres.database());
    }

    @Override
    public Token exported(Token token) {
        TokenLines lines = new JsonTokenLines();
        return lines.read(lines.write(token), NOW);
    }

    @Override
    public TokenStore opened(byte[] copy) throws IOException {
        Path file = directory.resolve("copy.db");
        Files.write(file, copy);
        return SqliteTokenStore.open(file);
    }
}
