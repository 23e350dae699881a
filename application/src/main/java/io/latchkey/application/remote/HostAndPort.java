package io.latchkey.application.remote;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host and port of a URL.
 *
 * @param host name or address; an IPv6 address keeps its brackets
 * @param port -1 if the URL has none
 */
public record HostAndPort(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /** A host name with an underscore, which {@link URI} rejects; Compose and Swarm use such names for services. */
    private static final Pattern WITH_UNDERSCORE = Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]*)(?::([0-9]{0,5}))?");

    /** The host and port of a URL; empty if it has no host. */
    public static Optional<HostAndPort> of(URI address) {
        if (address.getHost() != null) {
            return Optional.of(new HostAndPort(address.getHost(), address.getPort()));
        }
        String authority = address.getRawAuthority();
        Matcher matcher = WITH_UNDERSCORE.matcher(authority == null ? "" : authority);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String port = matcher.group(2);
        return Optional.of(
                new HostAndPort(matcher.group(1), port == null || port.isEmpty() ? -1 : Integer.parseInt(port)));
    }

    /** Whether the port, if the URL has one, is one that TCP has. */
    public boolean hasValidPort() {
        return port <= MAX_PORT;
    }

    @Override
    public String toString() {
        return port < 0 ? host : host + ":" + port;
    }
}
