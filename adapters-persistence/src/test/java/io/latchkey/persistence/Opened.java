package io.latchkey.persistence;

import io.latchkey.application.TokenStore;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.Map;

/** A store with the container it lives in. */
record Opened(ApplicationContext context, TokenStore store) implements AutoCloseable {
    static Opened at(Path file) {
        ApplicationContext context = ApplicationContext.run(Map.of(SqliteFile.PROPERTY, file.toString()));
        return new Opened(context, context.getBean(TokenStore.class));
    }

    @Override
    public void close() {
        context.close();
    }
}
