package io.latchkey.http;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that are believed about whom they speak for; nobody, unless the configuration says so.
 *
 * <p>Believed for the log and for what is told of a token's use only: no decision depends on what a forwarding header
 * says.
 */
@Singleton
final class TrustedProxies {
    private static final Pattern FORWARDED_FOR =
            Pattern.compile("(?:^|[;,])[ \\t]*for=\"?\\[?([^\\]\";,]*)", Pattern.CASE_INSENSITIVE);

    private static final InetAddress NOWHERE = InetAddress.ofLiteral("::");

    private final List<Network> networks;

    TrustedProxies(@Value("${latchkey.server.trusted-proxies:}") List<String> networks) {
        this.networks = networks.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Network::parse)
                .toList();
    }

    /** Who sent a request, as a text; see {@link #address(SocketAddress, Function)}. */
    String client(SocketAddress peer, Function<String, List<String>> headers) {
        InetAddress address = address(peer, headers);
        return address.isAnyLocalAddress() ? "unknown" : address.getHostAddress();
    }

    /** Who sent a request. */
    InetAddress address(HttpRequest<?> request) {
        return address(request.getRemoteAddress(), request.getHeaders()::getAll);
    }

    /**
     * Who sent a request: the peer, or as far back as every hop is trusted; the unspecified address if that is not known.
     *
     * @param headers all values of a header
     */
    InetAddress address(SocketAddress peer, Function<String, List<String>> headers) {
        if (!(peer instanceof InetSocketAddress socket) || socket.getAddress() == null) {
            return NOWHERE;
        }
        InetAddress client = socket.getAddress();
        if (!isTrusted(client)) {
            return client;
        }
        for (String hop : hops(headers)) {
            InetAddress address = address(hop);
            if (address == null) {
                break;
            }
            client = address;
            if (!isTrusted(client)) {
                break;
            }
        }
        return client;
    }

    /** Nearest first. */
    private static List<String> hops(Function<String, List<String>> headers) {
        List<String> hops = new ArrayList<>();
        String forwarded = String.join(",", headers.apply("Forwarded"));
        if (forwarded.isEmpty()) {
            for (String hop : String.join(",", headers.apply("X-Forwarded-For")).split(",", -1)) {
                hops.add(hop.strip());
            }
        } else {
            Matcher matcher = FORWARDED_FOR.matcher(forwarded);
            while (matcher.find()) {
                hops.add(matcher.group(1));
            }
        }
        Collections.reverse(hops);
        return hops;
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

    /** The address in a hop, whose port does not matter; null for a name, which is not to be looked up. */
    private static @Nullable InetAddress address(String hop) {
        boolean hasPort = hop.indexOf('.') >= 0 && hop.indexOf(':') >= 0 && hop.indexOf(':') == hop.lastIndexOf(':');
        try {
            return InetAddress.ofLiteral(hasPort ? hop.substring(0, hop.indexOf(':')) : hop);
        } catch (IllegalArgumentException e) {
            return null;
        }
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
                if (bits >= 0
                        && bits <= all
                        && new BigInteger(1, address.getAddress()).getLowestSetBit() >= all - bits) {
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
