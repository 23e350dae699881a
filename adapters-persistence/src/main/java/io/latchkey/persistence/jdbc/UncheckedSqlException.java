package io.latchkey.persistence.jdbc;

import java.sql.SQLException;

/** An {@link SQLException} on its way through code that can declare none. */
public @SuppressWarnings("serial") // never serialized
final class UncheckedSqlException extends RuntimeException {
    UncheckedSqlException(SQLException cause) {
        super(cause);
    }
}
