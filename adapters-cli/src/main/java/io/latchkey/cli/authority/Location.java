package io.latchkey.cli.authority;

import io.latchkey.application.AuthorityUnavailable;
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

/** Where an authority is. */
public sealed interface Location {
    /** How what is not a path begins. */
    Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://|(?:jdbc|file|sqlite|postgres|postgresql):");

    /** A database file on this machine. */
    record Local(Path file) implements Location {}

    /** A server. */
    record Remote(URI address, ServerTrust trust) implements Location {}

    /** Where the arguments say it is. */
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
        // What is typed now counts for more than what was set once.
        if (host.isEmpty() || arguments.has("--db") || arguments.has("--data-dir")) {
            TlsOptions.refuseWithoutServer(arguments);
            return file(arguments);
        }
        URI address = arguments.parse(host.get(), Location::address);
        return new Remote(address, TlsOptions.of(arguments, address));
    }

    /** The file that the arguments mean. */
    static Local file(Arguments arguments) {
        if (arguments.has("--db") && arguments.has("--data-dir")) {
            throw arguments.refused("--db cannot be used with --data-dir: each of them names the database file");
        }
        return new Local(arguments
                .parse("--data-dir", Location::path)
                .map(folder -> folder.resolve("latchkey.db"))
                .or(() -> arguments.given("--db").map(given -> arguments.parse(given, Location::path)))
                .orElseGet(() -> usual(arguments.environment()))
                .toAbsolutePath()
                .normalize());
    }

    /** The file that commands of this user and environment work on, whatever this one asks; empty if there is none. */
    static Optional<Path> configured(Arguments arguments) {
        try {
            return Optional.of(file(arguments).file());
        } catch (AuthorityUnavailable | ParameterException e) {
            return Optional.empty();
        }
    }

    /** The same, provided that it is there: what only reads or edits makes no new file. */
    default Location existing() {
        if (this instanceof Local(Path file) && isMissing()) {
            throw new AuthorityUnavailable("there is no database file " + file
                    + ": `latchkey create token --admin` creates it; use --db for another file, or --host"
                    + " for a server");
        }
        return this;
    }

    /** Whether it is a file that is not there yet. */
    default boolean isMissing() {
        return this instanceof Local(Path file) && Files.notExists(file);
    }

    private static Path usual(Environment environment) {
        Path data = environment
                .variable("XDG_DATA_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute) // the specification ignores any other
                .orElseGet(() -> home(environment).resolve(".local/share"));
        return data.resolve("latchkey/latchkey.db");
    }

    private static Path home(Environment environment) {
        Path home = Path.of(environment.variable("HOME").orElseGet(() -> System.getProperty("user.home")));
        if (!home.isAbsolute()) { // a user without an entry in passwd: Java says "?"
            throw new AuthorityUnavailable(
                    "this user has no home directory: give the database file with --db or LATCHKEY_DB,"
                            + " or set HOME");
        }
        return home;
    }

    /** A path on this machine. */
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

    /** Refuses what only a shell, or no file system at all, gives a meaning: it would become the name of a folder. */
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

    private static URI address(String text) {
        try {
            URI address = new URI(text);
            if (HttpUrl.server(address).isPresent() && address.getRawQuery() == null && address.getFragment() == null) {
                if (address.getUserInfo() != null) {
                    throw new TokenFailure.Invalid("host", "give the token with --token, not in the URL");
                }
                return address;
            }
        } catch (URISyntaxException e) {
            // the same sentence
        }
        throw new TokenFailure.Invalid("host", "expected a URL such as http://127.0.0.1:8181");
    }
}
