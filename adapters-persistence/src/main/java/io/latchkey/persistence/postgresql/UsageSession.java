package io.latchkey.persistence.postgresql;

import java.sql.Statement;

/**
 * The session for records of use, whose commits do not wait for the disk. One node writes at a time, because two that write
 * the same rows in different orders would wait for each other.
 */
final class UsageSession extends PostgresSession {
    private static final String BEGIN =
            "SET LOCAL synchronous_commit = off; SELECT pg_advisory_xact_lock(hashtext('latchkey.usage'))";

    UsageSession(PostgresServer server) {
        super(server, Timeouts.USAGE);
    }

    @Override
    public <T> T write(Work<T> work) {
        return super.write(connection -> {
            try (Statement begin = connection.createStatement()) {
                begin.execute(BEGIN);
            }
            return work.on(connection);
        });
    }
}
