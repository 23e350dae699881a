package io.latchkey.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host of a {@link Route}: a name with an optional port, or {@code *.} and a name for all hosts one label below it.
 *
 * @param name lower case, with the port unless it is 80 or 443; without the {@code *.}
 */
record RouteHost(Extent extent, String name) {
    /** Which hosts a name stands for. */
    enum Extent {
        ITSELF,
        BELOW
    }

    private static final String BELOW = "*.";
    private static final int LONGEST_NAME = 253;
    private static final int HIGHEST_PORT = 65_535;
    private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final Pattern HOST = Pattern.compile("(" + LABEL + "(?:\\." + LABEL + ")*)(?::([1-9][0-9]{0,4}))?");

    static RouteHost parse(String text) {
        boolean below = text.startsWith(BELOW);
        return requested(below ? text.substring(BELOW.length()) : text)
                .map(name -> new RouteHost(below ? Extent.BELOW : Extent.ITSELF, name))
                .orElseThrow(() -> Route.invalid(
                        "expected a host such as grafana.example.org, *.example.org or localhost:3000, and not "
                                + Permission.shown(text)));
    }

    /** A host in its one form; empty if it is malformed, an IPv6 address, or has a trailing dot. */
    static Optional<String> requested(String text) {
        Matcher host = HOST.matcher(text);
        if (!host.matches() || host.group(1).length() > LONGEST_NAME) {
            return Optional.empty();
        }
        String name = host.group(1).toLowerCase(Locale.ROOT);
        String port = host.group(2);
        if (port == null || port.equals("80") || port.equals("443")) {
            return Optional.of(name);
        }
        return Integer.parseInt(port) <= HIGHEST_PORT ? Optional.of(name + ":" + port) : Optional.empty();
    }

    boolean allows(String host) {
        return switch (extent) {
            case ITSELF -> host.equals(name);
            case BELOW -> host.endsWith(name) && host.indexOf('.') == host.length() - name.length() - 1;
        };
    }

    boolean contains(RouteHost other) {
        return equals(other) || (other.extent == Extent.ITSELF && allows(other.name));
    }

    String text() {
        return extent == Extent.BELOW ? BELOW + name : name;
    }
}
