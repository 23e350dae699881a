package io.latchkey.cli.terminal;

import java.net.InetAddress;

/** Names and addresses of this machine that nobody else can be meant by. */
public final class LoopbackNames {
    private LoopbackNames() {}

    /** Whether the host of a URI is {@code localhost} or a loopback address; no name is looked up. */
    public static boolean isNamedBy(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
