package io.latchkey.cli;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The proxy that a webhook is reached through: {@code HTTPS_PROXY} and {@code NO_PROXY}, as curl and Go read them. */
final class WebhookProxy {
    private static final int MAX_PORT = 65_535;
    private static final int USUAL_PORT = 443;

    private WebhookProxy() {}

    /** None for what is on this machine, or for whom no proxy is to be used. */
    static Optional<URI> of(Arguments arguments, URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        int port = address.getPort() < 0 ? USUAL_PORT : address.getPort();
        if (!"https".equals(address.getScheme())
                || LocalHost.isNamedBy(host)
                || exceptions(arguments.environment()).anyMatch(exception -> covers(exception, host, port))) {
            return Optional.empty();
        }
        return Stream.of("https_proxy", "HTTPS_PROXY")
                .flatMap(name -> arguments.environment().variable(name).stream()
                        .map(text -> proxy(arguments, new Arguments.Given(text, name))))
                .findFirst();
    }

    private static Stream<String> exceptions(Environment environment) {
        return environment.variable("no_proxy").or(() -> environment.variable("NO_PROXY")).stream()
                .flatMap(list -> Stream.of(list.split("[,\\s]+")))
                .map(exception -> exception.toLowerCase(Locale.ROOT))
                .filter(exception -> !exception.isEmpty());
    }

    /** Not with the value: it may hold a password. */
    private static URI proxy(Arguments arguments, Arguments.Given given) {
        try {
            URI proxy = URI.create(given.text().contains("://") ? given.text() : "http://" + given.text());
            if ("http".equalsIgnoreCase(proxy.getScheme())
                    && proxy.getHost() != null
                    && proxy.getPort() <= MAX_PORT
                    && (proxy.getRawPath().isEmpty() || proxy.getRawPath().equals("/"))) {
                return proxy;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw arguments.refused(
                "invalid value for '" + given.source()
                        + "': expected a proxy such as http://proxy.example.org:3128 (TLS or SOCKS to the proxy are not spoken)");
    }

    /** Whether an exception is for a host: a name with all below it, an address, a network, or all, perhaps with a port. */
    private static boolean covers(String exception, String host, int port) {
        int colon = exception.lastIndexOf(':');
        if (colon > 0
                && exception.indexOf(':') == colon
                && exception.substring(colon + 1).matches("[0-9]{1,5}")) {
            return exception.substring(colon + 1).equals(Integer.toString(port))
                    && covers(exception.substring(0, colon), host, port);
        }
        String name = exception.replaceFirst("^\\*?\\.", "");
        return exception.equals("*")
                || host.equals(name)
                || host.endsWith("." + name)
                || isWithin(host.replaceAll("[\\[\\]]", ""), exception.replaceAll("[\\[\\]]", ""));
    }

    private static boolean isWithin(String host, String network) {
        int slash = network.indexOf('/');
        try {
            byte[] address = InetAddress.ofLiteral(host).getAddress();
            byte[] first = InetAddress.ofLiteral(slash < 0 ? network : network.substring(0, slash))
                    .getAddress();
            int bits = slash < 0 ? first.length * 8 : Integer.parseInt(network.substring(slash + 1));
            if (address.length != first.length || bits < 0 || bits > first.length * 8) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
