package io.latchkey.persistence.sqlite;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.LedgerWatch;
import io.latchkey.application.StoreBackup;
import io.latchkey.persistence.jdbc.Database;
import io.latchkey.persistence.jdbc.Session;

/** A database that runs an action of the test before each read of a session, but not of a watch. */
record InterceptedDatabase(Database database, Runnable before) implements Database {
    @Override
    public Session open() {
        return new Intercepted(database.open());
    }

    @Override
    public Session openWriting() {
        return new Intercepted(database.openWriting());
    }

    @Override
    public Session openRelaxed() {
        return new Intercepted(database.openRelaxed());
    }

    private final class Intercepted implements Session {
        private final Session session;

        Intercepted(Session session) {
            this.session = session;
        }

        private <T> Work<T> after(Work<T> work) {
            return connection -> {
                before.run();
                return work.on(connection);
            };
        }

        @Override
        public <T> T call(Work<T> work) {
            return session.call(after(work));
        }

        @Override
        public <T> T read(Work<T> work) {
            return session.read(after(work));
        }

        @Override
        public <T> T write(Work<T> work) {
            return session.write(work);
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
    public String now() {
        return database.now();
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
    public long size() {
        return database.size();
    }

    @Override
    public AuthorityUnavailable closed() {
        return database.closed();
    }
}
