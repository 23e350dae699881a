package io.latchkey.cli.terminal;

import io.latchkey.domain.TokenFailure;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A host and port to listen on.
 *
 * @param port 0 for any that is free
 */
public record ListenAddress(String host, int port) {
    public static final ListenAddress DEFAULT = new ListenAddress("127.0.0.1", 8181);

    /**
     * Whether only programs on this machine can connect to it. True for a name that cannot be resolved, since
     * listening on it will fail.
     */
    public boolean isLocal() {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return true;
        }
    }

    /** {@code host:port}, where the host may be an IPv6 address in brackets. */
    public static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            throw refused();
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw refused();
        }
        return new ListenAddress(host, port(text.substring(colon + 1)));
    }

    private static int port(String digits) {
        if (digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw refused();
        }
        int port = Integer.parseInt(digits);
        if (port > 65535) {
            throw refused();
        }
        return port;
    }

    private static TokenFailure refused() {
        return new TokenFailure.Invalid("http-bind", "expected HOST:PORT such as 127.0.0.1:8181");
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
