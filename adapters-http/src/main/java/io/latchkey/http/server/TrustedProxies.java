package io.latchkey.http.server;

import io.latchkey.domain.Network;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that are trusted to report the address of their client; none by default.
 *
 * <p>The configuration names the one header that is read: an end user could send the other one, and many proxies pass
 * it on. The address decides about tokens that are limited to addresses, so an unknown one is never taken for that of a proxy;
 * the log shows the nearest address that is known.
 */
@Singleton
public final class TrustedProxies {
    /** The parameter that names a hop, in an element of {@code Forwarded} (RFC 7239, section 4). */
    private static final Pattern FOR =
            Pattern.compile("(?:^|;)[ \\t]*for=(?:\"([^\"]*)\"|([^\";]*))", Pattern.CASE_INSENSITIVE);

    /** An address with an optional port, which is ignored; an IPv6 address with a port is in brackets. */
    private static final Pattern NODE =
            Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::[0-9]+)?|([0-9.]+)(?::[0-9]+)?|([0-9A-Fa-f:.]+)");

    private static final InetAddress UNSPECIFIED = InetAddress.ofLiteral("::");

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
                .map(TrustedProxies::network)
                .toList();
        this.header = header;
        this.isForwarded = header.equalsIgnoreCase("Forwarded");
        if (!isForwarded && !header.equalsIgnoreCase("X-Forwarded-For")) {
            throw new IllegalArgumentException("not X-Forwarded-For or Forwarded: " + header);
        }
    }

    /** The nearest address to the client that is known, as text for the log, or {@code unknown}. */
    public String client(SocketAddress peer, Function<String, List<String>> headers) {
        InetAddress address = nearest(peer, headers);
        return address.isAnyLocalAddress() ? "unknown" : address.getHostAddress();
    }

    /** The nearest address to the client that is known, for a limit of log lines; not for decisions. */
    public InetAddress nearest(HttpRequest<?> request) {
        return nearest(request.getRemoteAddress(), request.getHeaders()::getAll);
    }

    InetAddress nearest(SocketAddress peer, Function<String, List<String>> headers) {
        return walk(peer, headers, UnaryOperator.identity());
    }

    /** The client address of a request; see {@link #address(SocketAddress, Function)}. */
    public InetAddress address(HttpRequest<?> request) {
        return address(request.getRemoteAddress(), request.getHeaders()::getAll);
    }

    /**
     * The client address: the peer, or the last hop before an unbroken chain of trusted proxies. The unspecified address if it is
     * unknown, also if a trusted proxy does not say it: the address of the proxy would let every client pass that may not.
     *
     * @param headers returns all values of a header
     */
    public InetAddress address(SocketAddress peer, Function<String, List<String>> headers) {
        return walk(peer, headers, _ -> UNSPECIFIED);
    }

    /** @param silent the result if a trusted proxy, whose address it gets, does not say where a request comes from */
    private InetAddress walk(
            SocketAddress peer, Function<String, List<String>> headers, UnaryOperator<InetAddress> silent) {
        if (!(peer instanceof InetSocketAddress socket) || socket.getAddress() == null) {
            return UNSPECIFIED;
        }
        InetAddress client = socket.getAddress();
        if (!isTrusted(client)) {
            return client;
        }
        // From the end: each proxy appends its client to what it received.
        String hops = String.join(",", headers.apply(header));
        if (hops.isEmpty()) {
            return silent.apply(client);
        }
        for (int end = hops.length(); end >= 0; ) {
            int comma = hops.lastIndexOf(',', end - 1);
            InetAddress hop = hop(hops.substring(comma + 1, end).strip());
            if (hop == null) {
                return silent.apply(client);
            }
            client = hop;
            if (!isTrusted(client)) {
                return client;
            }
            end = comma;
        }
        return client;
    }

    /** The address of a hop; null for a host name, which is not resolved, and for invalid text. */
    private @Nullable InetAddress hop(String hop) {
        if (!isForwarded) {
            return node(hop);
        }
        Matcher matcher = FOR.matcher(hop);
        if (!matcher.find()) {
            return null;
        }
        InetAddress address = node(matcher.group(1) == null ? matcher.group(2).strip() : matcher.group(1));
        return matcher.find() ? null : address; // a parameter must not occur twice (RFC 7239, section 4)
    }

    private static @Nullable InetAddress node(String text) {
        Matcher node = NODE.matcher(text);
        if (!node.matches()) {
            return null;
        }
        String address = node.group(1) != null ? node.group(1) : node.group(2) != null ? node.group(2) : node.group(3);
        try {
            return Network.literal(address);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private boolean isTrusted(InetAddress address) {
        // A loop, because this runs for every protected request and a stream allocates.
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static Network network(String text) {
        return Network.parseExact(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("not an address or a network such as 10.0.0.0/8: " + text));
    }
}
