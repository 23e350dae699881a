package io.latchkey.persistence;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.LedgerWatch;
import io.latchkey.application.StoreBackup;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.function.Consumer;

/** A database of which a test learns each statement before it is prepared, except those of its watches. */
record InterceptedDatabase(Database database, Consumer<String> before) implements Database {
    @Override
    public Session open() {
        return new Intercepted(database.open());
    }

    @Override
    public Session openRelaxed() {
        return new Intercepted(database.openRelaxed());
    }

    private Connection intercept(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        before.accept((String) arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private final class Intercepted implements Session {
        private final Session session;

        Intercepted(Session session) {
            this.session = session;
        }

        @Override
        public <T> T call(Work<T> work) {
            return session.call(connection -> work.on(intercept(connection)));
        }

        @Override
        public <T> T read(Work<T> work) {
            return session.read(connection -> work.on(intercept(connection)));
        }

        @Override
        public <T> T write(Work<T> work) {
            return session.write(connection -> work.on(intercept(connection)));
        }

        @Override
        public void close() {
            session.close();
        }
    }

    @Override
    public LedgerWatch watch() {
        return database.watch();
    }

    @Override
    public String uniqueColumn(Throwable failure) {
        return database.uniqueColumn(failure);
    }

    @Override
    public boolean isOfEngine(Throwable failure) {
        return database.isOfEngine(failure);
    }

    @Override
    public StoreBackup backUp() {
        return database.backUp();
    }

    @Override
    public AuthorityUnavailable closed() {
        return database.closed();
    }
}
