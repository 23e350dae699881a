package io.latchkey.persistence.postgresql;

import io.latchkey.application.PostgresUrl;
import io.latchkey.application.StoreLocation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server for all tests of this process, which ends with it; each test gets a database of its own. */
final class Postgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private Postgres() {}

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                // Without these, the embedded server acknowledges what is not on disk.
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A new, empty database. */
    static StoreLocation.Postgres database() {
        String name = "test" + DATABASES.incrementAndGet();
        try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new StoreLocation.Postgres(
                PostgresUrl.parse("postgresql://postgres@127.0.0.1:" + Server.RUNNING.getPort() + "/" + name),
                Optional.empty(),
                Optional.empty());
    }

    /** Runs statements in a database, as its owner could with psql. */
    static void execute(StoreLocation.Postgres location, String sql) {
        try (Connection connection = Server.RUNNING
                        .getDatabase("postgres", location.url().database().orElseThrow())
                        .getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
