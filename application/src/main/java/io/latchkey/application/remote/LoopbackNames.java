package io.latchkey.application.remote;

import java.net.InetAddress;

/** Names and addresses by which every machine means itself. */
public final class LoopbackNames {
    private LoopbackNames() {}

    /** Whether a host, an IPv6 address with or without brackets, is {@code localhost} or a loopback address; no name is looked up. */
    public static boolean isNamedBy(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        try {
            return InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host)
                    .isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
