package io.latchkey.http.security;

import io.latchkey.application.remote.LoopbackNames;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells where a request without a credential came from.
 *
 * @param headers the names of all
 * @param hosts the values of {@code Host}
 * @param peer the other end of the connection
 * @param own this end of it
 */
public record RequestOrigin(
        HttpVersion version, Set<String> headers, List<String> hosts, SocketAddress peer, SocketAddress own) {
    /**
     * What a plain client sends. Proxies, networks in front of them and browsers have no such list: whatever else there
     * is was added by one of them.
     */
    private static final Set<String> PLAIN = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "authorization",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "date",
            "expect",
            "host",
            "http2-settings",
            "idempotency-key",
            "keep-alive",
            "pragma",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent");

    /** An address of IPv6 in its brackets, or a name or an address without a colon; then perhaps a port. */
    private static final Pattern HOST = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]+))(?::[0-9]*)?");

    static RequestOrigin of(HttpRequest<?> request) {
        var netty = (NettyHttpRequest<?>) request;
        return of(netty.getNativeRequest(), netty.getChannelHandlerContext().channel());
    }

    public static RequestOrigin of(io.netty.handler.codec.http.HttpRequest request, Channel channel) {
        return new RequestOrigin(
                request.protocolVersion(),
                request.headers().names(),
                request.headers().getAll(HttpHeaderNames.HOST),
                channel.remoteAddress(),
                channel.localAddress());
    }

    /** Whether a web page sent it: any could, without a preflight, and read what is answered. */
    public boolean isWebPage() {
        return headers.stream().anyMatch(header -> header.equalsIgnoreCase("origin"));
    }

    /**
     * Whether a program on this machine sent it that could as well have opened the database file: one of the server's
     * own user or of root, with neither a proxy nor a web page behind it, as far as that shows.
     */
    public boolean isOwner(PeerUser users) {
        return peer instanceof InetSocketAddress other
                && own instanceof InetSocketAddress here
                && other.getAddress().isLoopbackAddress()
                // What still asks so is nginx, unless it was told otherwise.
                && !version.equals(HttpVersion.HTTP_1_0)
                && headers.stream().allMatch(RequestOrigin::isPlain)
                // Any other name was a browser's, which a name server led here (DNS rebinding), or a proxy's.
                && hosts.size() == 1
                && isLoopback(hosts.getFirst())
                && users.isOurs(other, here);
    }

    private static boolean isPlain(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        // Netty's own, of a request in HTTP/2.
        return PLAIN.contains(name) || name.startsWith("x-http2-");
    }

    /** Whether a {@code Host}, its port aside, is a name or address that every machine has for itself. */
    private static boolean isLoopback(String host) {
        Matcher matcher = HOST.matcher(host);
        if (!matcher.matches()) {
            return false;
        }
        return LoopbackNames.isNamedBy(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
}
