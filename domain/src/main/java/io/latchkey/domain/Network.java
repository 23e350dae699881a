package io.latchkey.domain;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits, in CIDR notation (RFC 4632, section 3.1; RFC 4291, section 2.3). IPv4-mapped IPv6
 * addresses count as IPv4.
 *
 * @param bits number of leading bits of the address that count; all of them for a single address
 */
public record Network(InetAddress address, int bits) {
    /** The bits before the IPv4 address in an IPv4-mapped address (RFC 4291, section 2.5.5.2). */
    private static final int MAPPED = 96;

    private static final Pattern QUAD = Pattern.compile("(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}");

    /** An address, or a network such as 10.0.0.0/8; empty for any other text. No name is looked up. */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        try {
            InetAddress address = literal(literal);
            int all = address.getAddress().length * Byte.SIZE;
            int skipped = address instanceof Inet4Address && literal.indexOf(':') >= 0 ? MAPPED : 0;
            int bits = slash < 0 ? all : digits(text.substring(slash + 1)) - skipped;
            return bits >= 0 && bits <= all ? Optional.of(new Network(address, bits)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * An address that is written out. Forms of IPv4 that programs read differently are refused: fewer than four numbers, and
     * leading zeros, which are octal for some (RFC 6943, section 3.1.1); so are zones of IPv6 and brackets.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static InetAddress literal(String text) {
        boolean dotted = text.indexOf('.') >= 0;
        boolean plain = text.indexOf('%') < 0 && text.indexOf('[') < 0;
        String quad = text.substring(text.lastIndexOf(':') + 1);
        if (!plain || (dotted ? !QUAD.matcher(quad).matches() : text.indexOf(':') < 0)) {
            throw new IllegalArgumentException("not an address");
        }
        return InetAddress.ofLiteral(text);
    }

    private static int digits(String text) {
        if (text.isEmpty() || text.length() > 3 || text.chars().anyMatch(c -> c < '0' || c > '9')) {
            throw new IllegalArgumentException("not a number of bits");
        }
        return Integer.parseInt(text);
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

    /** Whether every address of another network belongs to this one. */
    public boolean contains(Network other) {
        return other.bits >= bits && contains(other.address);
    }

    /** Whether no bit behind the network is set. */
    boolean isExact() {
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

    /** The text that {@link #parse} reads; without the number of bits for a single address. */
    public String text() {
        return AddressText.of(address) + (bits == address.getAddress().length * Byte.SIZE ? "" : "/" + bits);
    }

    @Override
    public String toString() {
        return text();
    }
}
