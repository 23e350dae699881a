package io.latchkey.persistence.postgresql;

import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/** A connection to PostgreSQL that stays open until its owner closes it for good. */
final class PostgresConnection extends PgConnection {
    PostgresConnection(HostSpec[] hosts, Properties properties, String url) throws SQLException {
        super(hosts, properties, url);
    }

    /** Does nothing: Micronaut Data calls it before every query, and the driver refuses it in a transaction. */
    @Override
    public void setReadOnly(boolean readOnly) {}

    /** Does nothing: Micronaut Data calls it after every query. */
    @Override
    public void close() {}

    /** Closes the connection; also from another thread, whose work then fails. */
    void closeForGood() {
        try {
            super.close();
        } catch (SQLException e) {
            // It was broken, and the failure before this one is reported.
            return;
        }
    }
}
