package io.latchkey.persistence.postgresql;

import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenLines;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStoreContract;
import io.latchkey.domain.Token;
import io.latchkey.persistence.jdbc.JsonTokenLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class PostgresTokenStoreTest implements TokenStoreContract {
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
    public TokenStore opened(byte[] copy) {
        throw new UnsupportedOperationException();
    }
}
