package io.latchkey.persistence.postgresql;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.PostgresUrl;
import io.latchkey.application.StoreLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.postgresql.Driver;
import org.postgresql.jdbcurlresolver.PgPassParser;
import org.postgresql.util.HostSpec;

/**
 * Opens connections to a PostgreSQL database. The first connection creates or migrates the tables; each one checks that it
 * leads to a server that accepts changes, and to no pooler.
 *
 * <p>Does nothing before the first connection. Thread-safe.
 */
final class PostgresServer {
    private static final String PASSWORDS = "org.postgresql.pgpassfile";
    private static final int OLDEST = 140_000;
    private static final String CHECK = "SELECT current_setting('server_version_num')::integer, pg_backend_pid(),"
            + " pg_is_in_recovery(), current_setting('synchronous_commit'), current_setting('server_version'),"
            + " current_setting('server_encoding')";

    private final StoreLocation.Postgres location;
    private final PostgresErrors errors;
    private volatile boolean checked;

    PostgresServer(StoreLocation.Postgres location) {
        this.location = location;
        this.errors = new PostgresErrors(location.url());
    }

    PostgresErrors errors() {
        return errors;
    }

    StoreLocation.Postgres location() {
        return location;
    }

    /**
     * A new connection in auto-commit mode.
     *
     * @throws AuthorityUnavailable if the server cannot be used
     */
    PostgresConnection connect(Timeouts timeouts) {
        try {
            PostgresConnection connection = open(timeouts);
            try {
                check(connection);
                bringUpToDate(connection);
                prepare(connection, timeouts);
                connection.setNetworkTimeout(
                        Runnable::run, Math.toIntExact(timeouts.network().toMillis()));
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.closeForGood();
                throw e;
            }
        } catch (SQLException e) {
            throw errors.with(e);
        }
    }

    private PostgresConnection open(Timeouts timeouts) throws SQLException {
        PostgresUrl url = location.url();
        String user = url.user()
                .or(() -> Optional.ofNullable(System.getenv("PGUSER")))
                .orElseGet(() -> System.getProperty("user.name"));
        String database = url.database().orElse(user);
        Properties properties = new Properties();
        String address = "jdbc:postgresql://"
                + url.hosts().stream()
                        .map(host ->
                                (host.name().contains(":") ? "[" + host.name() + "]" : host.name()) + ":" + host.port())
                        .collect(Collectors.joining(","))
                + "/";
        Properties parsed = Driver.parseURL(address, properties);
        if (parsed == null) {
            throw new AuthorityUnavailable(location + " is not an address that the driver knows");
        }
        properties = parsed;
        properties.setProperty("user", user);
        properties.setProperty("PGDBNAME", database);
        password(url.hosts().getFirst(), database, user).ifPresent(setter(properties, "password"));
        properties.setProperty("ApplicationName", url.parameters().getOrDefault("application_name", "latchkey"));
        for (String name : new String[] {"sslmode", "sslrootcert", "sslcert", "sslkey"}) {
            Optional.ofNullable(url.parameters().get(name)).ifPresent(setter(properties, name));
        }
        Optional.ofNullable(url.parameters().get("channel_binding")).ifPresent(setter(properties, "channelBinding"));
        properties.setProperty("connectTimeout", url.parameters().getOrDefault("connect_timeout", "2"));
        // Until the connection has a timeout of its own.
        properties.setProperty(
                "socketTimeout", Long.toString(Math.max(10, timeouts.network().toSeconds())));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("targetServerType", "primary");
        properties.setProperty("hostRecheckSeconds", "0");
        properties.setProperty("defaultRowFetchSize", "5000");
        return new PostgresConnection(
                url.hosts().stream()
                        .map(host -> new HostSpec(host.name(), host.port()))
                        .toArray(HostSpec[]::new),
                properties,
                address);
    }

    private static Consumer<String> setter(Properties properties, String name) {
        return value -> properties.setProperty(name, value);
    }

    private Optional<String> password(PostgresUrl.Host host, String database, String user) {
        if (location.password().isPresent()) {
            return Optional.of(firstLine(location.password().get()));
        }
        usePasswordsOfHome();
        return Optional.ofNullable(System.getenv("PGPASSWORD"))
                .or(() -> Optional.ofNullable(
                        PgPassParser.getPassword(host.name(), Integer.toString(host.port()), database, user)));
    }

    /** The driver looks in the folder that the system names as this user's home, psql in {@code HOME}. */
    private static void usePasswordsOfHome() {
        String home = System.getenv("HOME");
        if (home != null && System.getenv("PGPASSFILE") == null && System.getProperty(PASSWORDS) == null) {
            System.setProperty(PASSWORDS, Path.of(home).resolve(".pgpass").toString());
        }
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst()
                    .orElseThrow(
                            () -> new AuthorityUnavailable(file + " is empty: expected the password of the database"));
        } catch (IOException | UncheckedIOException e) {
            throw new AuthorityUnavailable("the password of the database cannot be read from " + file, e);
        }
    }

    private void check(PostgresConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(CHECK)) {
            row.next();
            if (row.getInt(1) < OLDEST) {
                throw new AuthorityUnavailable(
                        location + " is PostgreSQL " + row.getString(5) + ": Latchkey needs 14 or newer");
            }
            if (row.getInt(2) != connection.getBackendPID()) {
                throw new AuthorityUnavailable(location + " is reached through a pooler such as PgBouncer, which loses"
                        + " the notifications of the ledger: give the address of PostgreSQL itself");
            }
            if (row.getBoolean(3)) {
                throw new AuthorityUnavailable(
                        location + " is a standby, which accepts no changes: give the address of the primary, too");
            }
            if (!row.getString(6).equals("UTF8")) {
                throw new AuthorityUnavailable(location + " has the encoding " + row.getString(6)
                        + ", which not all names fit in: create it with"
                        + " `createdb --encoding UTF8 --template template0`");
            }
        }
    }

    private static void prepare(PostgresConnection connection, Timeouts timeouts) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = " + timeouts.statement().toMillis()
                    + "; SET lock_timeout = " + timeouts.lock().toMillis()
                    + "; SET idle_in_transaction_session_timeout = "
                    + timeouts.idle().toMillis()
                    + "; SET default_transaction_isolation = 'read committed'"
                    // An acknowledged change survives a power failure, whatever the default of the role is.
                    + "; SELECT set_config('synchronous_commit', 'on', false)"
                    + " WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')");
        }
    }

    private synchronized void bringUpToDate(PostgresConnection connection) throws SQLException {
        if (!checked) {
            prepare(connection, Timeouts.LONG); // whatever the connection is for, the tables may take long
            PostgresSchema.migrate(connection, location);
            checked = true;
        }
    }

    /** The exception for a call of a closed store. */
    AuthorityUnavailable closed() {
        return new AuthorityUnavailable(location + " was closed");
    }
}
