package io.latchkey.persistence;

import io.latchkey.application.TokenStore;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.Map;

/**
 * The way in for a service that keeps its tokens by itself and knows no container.
 *
 * <p>One that lives in Micronaut sets {@code latchkey.database} and asks its own for a {@link TokenStore}.
 */
public final class SqliteTokenStore {
    private SqliteTokenStore() {}

    /**
     * The tokens in a file, which is made, checked and brought up to date at the first use; to be closed.
     *
     * <p>A container stands behind it that holds nothing but this, and ends with it: it has no thread, no file and no
     * memory of its own to give back.
     */
    public static TokenStore open(Path file) {
        return ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .environmentPropertySource(false)
                .properties(Map.of(SqliteFile.PROPERTY, file.toString()))
                .start()
                .getBean(TokenStore.class);
    }
}
