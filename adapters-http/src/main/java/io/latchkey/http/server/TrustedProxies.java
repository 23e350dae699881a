package io.latchkey.http.server;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that are believed about whom they speak for; nobody, unless the configuration says so.
 *
 * <p>Each speaks in one header, which the configuration names: an end user can send the other one, and many proxies hand
 * it on. Believed for the log and for what is told of a token's use only: no decision depends on it.
 */
@Singleton
public final class TrustedProxies {
    /** The parameter that names a hop, in an element of {@code Forwarded} (RFC 7239, section 4). */
    private static final Pattern FOR =
            Pattern.compile("(?:^|;)[ \\t]*for=(?:\"([^\"]*)\"|([^\";]*))", Pattern.CASE_INSENSITIVE);

    /** An address, of IPv6 in brackets if there is a port, and a port, which does not matter. */
    private static final Pattern NODE =
            Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::[0-9]+)?|([0-9.]+)(?::[0-9]+)?|([0-9A-Fa-f:.]+)");

    private static final InetAddress NOWHERE = InetAddress.ofLiteral("::");

    private final List<Network> networks;
    private final String header;
    private final boolean isForwarded;

    /**
     * @param networks addresses or networks such as 10.0.0.0/8
     * @param header X-Forwarded-For or Forwarded
     */
    public TrustedProxies(
            @Value("${latchkey.server.trusted-proxies:}") List<String> networks,
            @Value("${latchkey.server.trusted-proxy-header:X-Forwarded-For}") String header) {
        this.networks = networks.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Network::parse)
                .toList();
        this.header = header;
        this.isForwarded = header.equalsIgnoreCase("Forwarded");
        if (!isForwarded && !header.equalsIgnoreCase("X-Forwarded-For")) {
            throw new IllegalArgumentException("not X-Forwarded-For or Forwarded: " + header);
        }
    }

    /** Who sent a request, as a text; see {@link #address(SocketAddress, Function)}. */
    public String client(SocketAddress peer, Function<String, List<String>> headers) {
        InetAddress address = address(peer, headers);
        return address.isAnyLocalAddress() ? "unknown" : address.getHostAddress();
    }

    /** Who sent a request. */
    public InetAddress address(HttpRequest<?> request) {
        return address(request.getRemoteAddress(), request.getHeaders()::getAll);
    }

    /**
     * Who sent a request: the peer, or as far back as every hop is trusted; the unspecified address if that is not known.
     *
     * @param headers all values of a header
     */
    public InetAddress address(SocketAddress peer, Function<String, List<String>> headers) {
        if (!(peer instanceof InetSocketAddress socket) || socket.getAddress() == null) {
            return NOWHERE;
        }
        InetAddress client = socket.getAddress();
        if (!isTrusted(client)) {
            return client;
        }
        // Nearest first: each proxy adds at the end, and what stands before was sent to it.
        String hops = String.join(",", headers.apply(header));
        for (int end = hops.length(); end > 0; ) {
            int comma = hops.lastIndexOf(',', end - 1);
            InetAddress hop = hop(hops.substring(comma + 1, end).strip());
            if (hop == null) {
                break;
            }
            client = hop;
            if (!isTrusted(client)) {
                break;
            }
            end = comma;
        }
        return client;
    }

    /** The address in a hop; null for a name, which is not to be looked up, and for what cannot be read. */
    private @Nullable InetAddress hop(String hop) {
        if (!isForwarded) {
            return node(hop);
        }
        Matcher matcher = FOR.matcher(hop);
        return !matcher.find()
                ? null
                : node(matcher.group(1) == null ? matcher.group(2).strip() : matcher.group(1));
    }

    private static @Nullable InetAddress node(String text) {
        Matcher node = NODE.matcher(text);
        if (!node.matches()) {
            return null;
        }
        String address = node.group(1) != null ? node.group(1) : node.group(2) != null ? node.group(2) : node.group(3);
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private boolean isTrusted(InetAddress address) {
        // Asked for every request that is guarded: a stream would be made for each.
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Addresses that begin with the same bits.
     *
     * @param bits how many
     */
    private record Network(InetAddress address, int bits) {
        static Network parse(String text) {
            int slash = text.indexOf('/');
            try {
                InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
                int all = address.getAddress().length * Byte.SIZE;
                int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
                // A bit set behind the network is a slip, such as 10/8, which is 0.0.0.10/8.
                BigInteger number = new BigInteger(1, address.getAddress());
                if (bits >= 0 && bits <= all && (number.signum() == 0 || number.getLowestSetBit() >= all - bits)) {
                    return new Network(address, bits);
                }
            } catch (IllegalArgumentException e) {
                // told below
            }
            throw new IllegalArgumentException("not an address or a network such as 10.0.0.0/8: " + text);
        }

        boolean contains(InetAddress other) {
            byte[] ours = address.getAddress();
            byte[] theirs = other.getAddress();
            if (ours.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
