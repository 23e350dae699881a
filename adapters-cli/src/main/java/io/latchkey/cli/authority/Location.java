package io.latchkey.cli.authority;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.PostgresUrl;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.remote.HttpUrl;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.domain.TokenFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.ParameterException;

/** Location of an authority. */
public sealed interface Location {
    /** The start of a URL, which is not a path. */
    Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://|(?:jdbc|file|sqlite|postgres|postgresql):");

    /** A store that this process opens itself. */
    record Store(StoreLocation location) implements Location {}

    /** A server. */
    record Remote(URI address, ServerTrust trust) implements Location {}

    /** The location that the arguments select. */
    static Location of(Arguments arguments) {
        if (arguments.has("--host")) {
            for (String file : new String[] {"--db", "--data-dir"}) {
                if (arguments.has(file)) {
                    throw arguments.refused(
                            "--host cannot be used with " + file + ": a server has its own database file");
                }
            }
        }
        Optional<Arguments.Given> host = arguments.given("--host");
        // Options win over environment variables.
        if (host.isEmpty() || arguments.has("--db") || arguments.has("--data-dir")) {
            TlsOptions.refuseWithoutServer(arguments);
            return new Store(store(arguments));
        }
        URI address = arguments.parse(host.get(), Location::address);
        return new Remote(address, TlsOptions.of(arguments, address));
    }

    /** The store that the arguments select: a database file, or a PostgreSQL database. */
    static StoreLocation store(Arguments arguments) {
        Optional<Arguments.Given> db = arguments.given("--db");
        boolean postgres = db.isPresent()
                && PostgresUrl.isUrl(db.get().text())
                && (arguments.has("--db") || !arguments.has("--data-dir"));
        if (!postgres) {
            for (String option : new String[] {"--db-password", "--state-dir"}) {
                if (arguments.has(option)) {
                    throw arguments.refused(option + " needs --db postgresql://USER@HOST/DATABASE");
                }
            }
            return file(arguments);
        }
        if (arguments.has("--data-dir")) {
            throw arguments.refused("--db cannot be used with --data-dir: each of them names the database");
        }
        return new StoreLocation.Postgres(
                arguments.parse(db.get(), PostgresUrl::parse),
                password(arguments),
                arguments
                        .given("--state-dir")
                        .map(given -> arguments
                                .parse(given, Location::path)
                                .toAbsolutePath()
                                .normalize()));
    }

    /** The store that an option names by a path or a URL. */
    static StoreLocation named(Arguments arguments, String option) {
        return arguments.required(option, text -> {
            if (PostgresUrl.isUrl(text)) {
                return new StoreLocation.Postgres(PostgresUrl.parse(text), password(arguments), Optional.empty());
            }
            if (URL.matcher(text).lookingAt()) {
                throw new TokenFailure.Invalid(
                        "database", "expected the path of a file or postgresql://USER@HOST/DATABASE");
            }
            return new StoreLocation.File(path(text).toAbsolutePath().normalize());
        });
    }

    private static Optional<Path> password(Arguments arguments) {
        return arguments.given("--db-password").map(given -> arguments.parse(given, Location::passwordFile));
    }

    private static Path passwordFile(String text) {
        if (!text.startsWith("@")) {
            throw new TokenFailure.Invalid("db-password", "expected @FILE: other users can see the command line");
        }
        return path(text.substring(1)).toAbsolutePath().normalize();
    }

    private static StoreLocation.File file(Arguments arguments) {
        if (arguments.has("--db") && arguments.has("--data-dir")) {
            throw arguments.refused("--db cannot be used with --data-dir: each of them names the database file");
        }
        return new StoreLocation.File(arguments
                .parse("--data-dir", Location::path)
                .map(folder -> folder.resolve("latchkey.db"))
                .or(() -> arguments.given("--db").map(given -> arguments.parse(given, Location::path)))
                .orElseGet(() -> defaultFile(arguments.environment()))
                .toAbsolutePath()
                .normalize());
    }

    /** The database file that other commands of this user would use; empty if it cannot be determined. */
    static Optional<Path> configured(Arguments arguments) {
        try {
            return switch (store(arguments)) {
                case StoreLocation.File(var path) -> Optional.of(path);
                case StoreLocation.Postgres _ -> Optional.empty();
            };
        } catch (AuthorityUnavailable | ParameterException e) {
            return Optional.empty();
        }
    }

    /**
     * This location, if it exists: commands that only read or edit create no file.
     *
     * @throws AuthorityUnavailable if the file does not exist
     */
    default Location existing() {
        if (this instanceof Store(StoreLocation.File(Path file)) && isMissing()) {
            throw new AuthorityUnavailable("there is no database file " + file
                    + ": `latchkey create token --admin` creates it; use --db for another file, or --host"
                    + " for a server");
        }
        return this;
    }

    /** Whether it is a database file that does not exist. */
    default boolean isMissing() {
        return this instanceof Store(StoreLocation.File(Path file)) && Files.notExists(file);
    }

    private static Path defaultFile(Environment environment) {
        Path data = environment
                .variable("XDG_DATA_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute) // the specification ignores any other
                .orElseGet(() -> home(environment).resolve(".local/share"));
        return data.resolve("latchkey/latchkey.db");
    }

    private static Path home(Environment environment) {
        Path home = Path.of(environment.variable("HOME").orElseGet(() -> System.getProperty("user.home")));
        if (!home.isAbsolute()) { // Java returns "?" for a user without an entry in passwd
            throw new AuthorityUnavailable(
                    "this user has no home directory: give the database file with --db or LATCHKEY_DB,"
                            + " or set HOME");
        }
        return home;
    }

    /** Parses a path. */
    static Path path(String text) {
        try {
            if (!text.isEmpty()) {
                return Path.of(literal(text));
            }
        } catch (InvalidPathException e) {
            throw new TokenFailure.Invalid("path", "not a path");
        }
        throw new TokenFailure.Invalid("path", "the path is empty");
    }

    /** Refuses URLs, tildes and quotes, which would become names of folders. */
    private static String literal(String text) {
        if (URL.matcher(text).lookingAt()) {
            throw new TokenFailure.Invalid("path", "expected the path of a file, not a URL");
        }
        if (text.equals("~") || text.startsWith("~/")) {
            throw new TokenFailure.Invalid("path", "'~' is not expanded here: give the full path");
        }
        if (text.startsWith("\"") || text.startsWith("'")) {
            throw new TokenFailure.Invalid("path", "the value contains the quotes: leave them out");
        }
        return text;
    }

    /** Parses the URL of a server. */
    static URI address(String text) {
        try {
            URI address = new URI(text);
            if (HttpUrl.server(address).isPresent() && address.getRawQuery() == null && address.getFragment() == null) {
                if (address.getUserInfo() != null) {
                    throw new TokenFailure.Invalid("host", "give the token with --token, not in the URL");
                }
                return address;
            }
        } catch (URISyntaxException e) {
            // refused below
        }
        throw new TokenFailure.Invalid("host", "expected a URL such as http://127.0.0.1:8181");
    }
}
