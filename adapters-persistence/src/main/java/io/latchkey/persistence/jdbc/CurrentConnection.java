package io.latchkey.persistence.jdbc;

import java.sql.Connection;
import java.util.function.Supplier;

/** The JDBC connection that Micronaut Data repositories use on the current thread. */
public final class CurrentConnection {
    private final ScopedValue<Connection> connection = ScopedValue.newInstance();

    /** Runs {@code work}; repositories that it calls on this thread use the given connection. */
    <T> T with(Connection used, Supplier<T> work) {
        return ScopedValue.where(connection, used).call(work::get);
    }

    /** The connection; throws a {@link java.util.NoSuchElementException} outside {@link #with}. */
    Connection get() {
        return connection.get();
    }
}
