package io.latchkey.cli.serve;

import io.latchkey.domain.Network;
import java.net.InetAddress;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Hosts that are reached without a proxy, with the syntax of {@code NO_PROXY} in curl and Go.
 *
 * @param list domain names (including subdomains), addresses, networks such as 10.0.0.0/8, or * for all; separated by
 *     commas, each with an optional port
 */
record NoProxy(String list) {
    /** Whether a host, given by name or address, is one of them. */
    boolean covers(String host, int port) {
        String bare = host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
        return Stream.of(list.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .filter(exception -> !exception.isEmpty())
                .anyMatch(exception -> covers(exception, bare, port));
    }

    private static boolean covers(String exception, String host, int port) {
        String name = exception.replaceFirst(":[0-9]{1,5}$", "");
        boolean hasPort = name.length() < exception.length() && (name.indexOf(':') < 0 || name.endsWith("]"));
        if (hasPort && !exception.endsWith(":" + port)) {
            return false;
        }
        String expected =
                (hasPort ? name : exception).replaceAll("[\\[\\]]", "").replaceFirst("^\\*?\\.", "");
        return expected.equals("*")
                || host.equals(expected)
                || host.endsWith("." + expected)
                || isWithin(host, expected);
    }

    private static boolean isWithin(String host, String network) {
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return Network.parse(network)
                    .filter(parsed -> parsed.contains(address))
                    .isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
