package io.latchkey.http.wire;

import io.latchkey.domain.Network;
import java.net.InetAddress;
import java.util.Optional;

/** The address from which a token was presented to somebody who asks about it. */
public final class ClientAddress {
    private ClientAddress() {}

    /** The address of a literal of IPv4 or IPv6; empty for any other text. No name is looked up. */
    public static Optional<InetAddress> parse(String text) {
        return text.indexOf('/') >= 0 ? Optional.empty() : Network.parse(text).map(Network::address);
    }
}
