package io.latchkey.persistence.postgresql;

import io.latchkey.application.PostgresUrl;
import io.latchkey.application.StoreLocation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server for all tests of this process, which ends with it; each test gets a database of its own. */
public final class Postgres {
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
    public static StoreLocation.Postgres database() {
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
    public static void execute(StoreLocation.Postgres location, String sql) {
        try (Connection connection = connect(location);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The values in the only column of a query, in its order. */
    public static List<String> query(StoreLocation.Postgres location, String sql) {
        List<String> values = new ArrayList<>();
        try (Connection connection = connect(location);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection to a database, as its owner has it with psql. */
    public static Connection connect(StoreLocation.Postgres location) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:"
                        + location.url().hosts().getFirst().port() + "/"
                        + location.url().database().orElseThrow(),
                "postgres",
                "");
    }
}
