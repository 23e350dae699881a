package io.latchkey.application.remote;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses that begin with the same bits, as CIDR notation writes them.
 *
 * @param bits how many bits of the address count; all of them for a single address
 */
public record Network(InetAddress address, int bits) {
    /** An address, or a network such as 10.0.0.0/8; empty for any other text. No name is looked up. */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int all = address.getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            return bits >= 0 && bits <= all ? Optional.of(new Network(address, bits)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same, but empty if a bit behind the network is set: 10/8 would mean 0.0.0.10/8, and is a mistake. */
    public static Optional<Network> parseExact(String text) {
        return parse(text).filter(Network::isExact);
    }

    /** Whether an address begins with the same bits; never if one is of IPv4 and the other of IPv6. */
    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask(bit)) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isExact() {
        byte[] bytes = address.getAddress();
        for (int bit = bits; bit < bytes.length * Byte.SIZE; bit++) {
            if ((bytes[bit / Byte.SIZE] & mask(bit)) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int mask(int bit) {
        return 0x80 >> (bit % Byte.SIZE);
    }
}
