package io.latchkey.persistence.jdbc;

import java.sql.SQLException;

/** Wraps an {@link SQLException} in code that must not throw checked exceptions. */
public @SuppressWarnings("serial") // never serialized
final class UncheckedSqlException extends RuntimeException {
    UncheckedSqlException(SQLException cause) {
        super(cause);
    }
}
