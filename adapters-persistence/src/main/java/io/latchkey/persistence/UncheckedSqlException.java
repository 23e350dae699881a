package io.latchkey.persistence;

import java.sql.SQLException;

/** An {@link SQLException} on its way through code that can declare none. */
@SuppressWarnings("serial") // never serialized
final class UncheckedSqlException extends RuntimeException {
    UncheckedSqlException(SQLException cause) {
        super(cause);
    }
}
