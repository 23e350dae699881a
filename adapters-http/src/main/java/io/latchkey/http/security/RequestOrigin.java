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
 * The properties of a request that show where it comes from: a local program, a proxy or a web page.
 *
 * @param headers the names of all headers
 * @param hosts the values of {@code Host}
 * @param peer the other end of the connection
 * @param own this end of the connection
 */
public record RequestOrigin(
        HttpVersion version, Set<String> headers, List<String> hosts, SocketAddress peer, SocketAddress own) {
    /**
     * Headers of plain clients. There is no complete list of the headers of proxies and browsers, so all others count
     * as theirs.
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

    /** An IPv6 address in brackets, or a name or IPv4 address; with an optional port. */
    private static final Pattern HOST = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]+))(?::[0-9]*)?");

    static RequestOrigin of(HttpRequest<?> request) {
        var netty = (NettyHttpRequest<?>) request;
        return of(netty.getNativeRequest(), netty.getChannelHandlerContext().channel());
    }

    /** The origin of a request, for endpoints without Micronaut. */
    public static RequestOrigin of(io.netty.handler.codec.http.HttpRequest request, Channel channel) {
        return new RequestOrigin(
                request.protocolVersion(),
                request.headers().names(),
                request.headers().getAll(HttpHeaderNames.HOST),
                channel.remoteAddress(),
                channel.localAddress());
    }

    /** Whether a web page sent the request: any page could, without a preflight, and read the response. */
    public boolean isWebPage() {
        return headers.stream().anyMatch(header -> header.equalsIgnoreCase("origin"));
    }

    /**
     * Whether a program on this machine sent the request that could also open the database file: a program of the
     * server's user or of root, and, as far as can be seen, not on behalf of a proxy or a web page.
     */
    public boolean isOwner(PeerUser users) {
        return peer instanceof InetSocketAddress remote
                && own instanceof InetSocketAddress local
                && remote.getAddress().isLoopbackAddress()
                // nginx uses HTTP/1.0 by default, others no longer do.
                && !version.equals(HttpVersion.HTTP_1_0)
                && headers.stream().allMatch(RequestOrigin::isPlain)
                // Other names come from a proxy, or from a browser after DNS rebinding.
                && hosts.size() == 1
                && isLoopback(hosts.getFirst())
                && users.isOurs(remote, local);
    }

    private static boolean isPlain(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        // added by Netty to HTTP/2 requests
        return PLAIN.contains(name) || name.startsWith("x-http2-");
    }

    /** Whether a {@code Host} is localhost or a loopback address, with any port. */
    private static boolean isLoopback(String host) {
        Matcher matcher = HOST.matcher(host);
        if (!matcher.matches()) {
            return false;
        }
        return LoopbackNames.isNamedBy(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
}
