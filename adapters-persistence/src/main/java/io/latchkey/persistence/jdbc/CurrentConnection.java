package io.latchkey.persistence.jdbc;

import java.sql.Connection;
import java.util.function.Supplier;

/** The connection that repositories use on the current thread. */
public final class CurrentConnection {
    private final ScopedValue<Connection> connection = ScopedValue.newInstance();

    /** Runs work whose repositories use a connection. */
    <T> T with(Connection used, Supplier<T> work) {
        return ScopedValue.where(connection, used).call(work::get);
    }

    Connection get() {
        return connection.get();
    }
}
