package io.latchkey.application;

import io.latchkey.domain.TokenFailure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A connection URI of PostgreSQL, as its own programs take it (PostgreSQL manual, section 34.1.1.2), without a password.
 *
 * @param hosts at least one; the first that accepts changes is used
 * @param database empty for the database named like the user
 * @param user empty for {@code PGUSER} or the local user
 * @param parameters those of {@link #PARAMETERS} that were given
 */
public record PostgresUrl(
        List<Host> hosts, Optional<String> database, Optional<String> user, Map<String, String> parameters) {
    /** The parameters that can be given. */
    public static final List<String> PARAMETERS = List.of(
            "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name", "channel_binding");

    private static final Map<String, List<String>> CHOICES = Map.of(
            "sslmode", List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
            "channel_binding", List.of("disable", "prefer", "require"));

    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,2}");
    private static final List<String> SCHEMES = List.of("postgresql://", "postgres://");
    private static final int PORT = 5432;
    private static final int LAST_PORT = 65_535;

    /** A server. */
    public record Host(String name, int port) {
        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + (port == PORT ? "" : ":" + port);
        }
    }

    public PostgresUrl {
        hosts = List.copyOf(hosts);
        parameters = Map.copyOf(parameters);
    }

    /** Whether a text is meant as such a URI rather than as a path. */
    public static boolean isUrl(String text) {
        return SCHEMES.stream().anyMatch(text::startsWith);
    }

    /** Parses a URI; throws a {@link TokenFailure.Invalid} that says what was expected, and never repeats a password. */
    public static PostgresUrl parse(String text) {
        String rest = text.substring(text.indexOf("://") + "://".length());
        if (rest.indexOf('#') >= 0) {
            throw invalid("expected no '#': write %23");
        }
        int query = rest.indexOf('?');
        Map<String, String> parameters = query < 0 ? Map.of() : parameters(rest.substring(query + 1));
        String path = query < 0 ? rest : rest.substring(0, query);
        int slash = path.indexOf('/');
        String authority = slash < 0 ? path : path.substring(0, slash);
        String database = slash < 0 ? "" : decoded(path.substring(slash + 1));
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? "" : authority.substring(0, at);
        if (user.indexOf(':') >= 0) {
            throw invalid("no password in the address, where other users can read it: use PGPASSWORD, ~/.pgpass or"
                    + " --db-password @FILE");
        }
        if (database.indexOf('/') >= 0) {
            throw invalid("expected the name of a database after the host, without '/'");
        }
        return new PostgresUrl(hosts(authority.substring(at + 1)), given(database), given(decoded(user)), parameters);
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static List<Host> hosts(String text) {
        List<Host> hosts = new ArrayList<>();
        for (String host : text.split(",", -1)) {
            hosts.add(host(host));
        }
        return hosts;
    }

    private static Host host(String text) {
        int bracket = text.lastIndexOf(']');
        int colon = text.indexOf(':', bracket + 1);
        String name = decoded(colon < 0 ? text : text.substring(0, colon));
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        if (name.startsWith("/")) {
            throw invalid("expected the name or address of a host: a Unix-domain socket cannot be used");
        }
        return new Host(name.isEmpty() ? "localhost" : name, colon < 0 ? PORT : port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        if (text.length() <= 5 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= LAST_PORT) {
                return port;
            }
        }
        throw invalid("expected a port from 1 to 65535 after ':'");
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (name.equals("password")) {
                throw invalid("no password in the address, where other users can read it: use PGPASSWORD, ~/.pgpass or"
                        + " --db-password @FILE");
            }
            if (!PARAMETERS.contains(name)) {
                throw invalid("unknown parameter '" + name + "': known are " + String.join(", ", PARAMETERS));
            }
            List<String> values = CHOICES.getOrDefault(name, List.of());
            if (!values.isEmpty() && !values.contains(decoded(parameter.substring(equals + 1)))) {
                throw invalid("expected for " + name + " one of " + String.join(", ", values));
            }
            if (name.equals("connect_timeout")
                    && !SECONDS.matcher(parameter.substring(equals + 1)).matches()) {
                throw invalid("expected for connect_timeout a number of seconds from 1 to 999");
            }
            if (equals < 0 || parameters.put(name, decoded(parameter.substring(equals + 1))) != null) {
                throw invalid("expected " + name + "=VALUE, once");
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("expected %XX with two hexadecimal digits, or %25 for '%'");
        }
    }

    private static TokenFailure.Invalid invalid(String sentence) {
        return new TokenFailure.Invalid("db", sentence);
    }

    /** The address without parameters, as users know it. */
    @Override
    public String toString() {
        return SCHEMES.getFirst()
                + user.map(name -> name + "@").orElse("")
                + hosts.stream().map(Host::toString).collect(Collectors.joining(","))
                + database.map(name -> "/" + name).orElse("");
    }
}
