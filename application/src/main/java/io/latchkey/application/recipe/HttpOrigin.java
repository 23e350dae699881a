package io.latchkey.application.recipe;

import io.latchkey.domain.TokenFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and port for the configuration of another program.
 *
 * <p>Contains only letters, digits, dots, hyphens, underscores and colons, so that it has no special meaning in any
 * configuration.
 *
 * @param host an IPv6 address without its brackets
 */
record HttpOrigin(String host, int port) {
    private static final String HOST = "([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])";
    private static final Pattern URL = Pattern.compile("http://" + HOST + "(?::([0-9]{1,5}))?/?");
    private static final Pattern ADDRESS = Pattern.compile(HOST + ":([0-9]{1,5})");

    private static final int HTTP = 80;

    /** {@code http://host:port}. */
    static HttpOrigin url(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw new TokenFailure.Invalid("url", "expected http://HOST:PORT such as http://127.0.0.1:8181");
        }
        int port = url.group(2) == null ? HTTP : Integer.parseInt(url.group(2));
        return new HttpOrigin(bare(url.group(1)), checked(port));
    }

    /** {@code host:port}. */
    static HttpOrigin address(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            throw new TokenFailure.Invalid("address", "expected HOST:PORT such as 127.0.0.1:8181");
        }
        return new HttpOrigin(bare(address.group(1)), checked(Integer.parseInt(address.group(2))));
    }

    /** A port alone. */
    static int port(String text) {
        return checked(text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0);
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int checked(int port) {
        if (port < 1 || port > 65535) {
            throw new TokenFailure.Invalid("port", "expected a port from 1 to 65535");
        }
        return port;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
