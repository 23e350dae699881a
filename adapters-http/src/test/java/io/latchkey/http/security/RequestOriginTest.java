package io.latchkey.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests may create the first operator token, over a connection of this process to itself. */
final class RequestOriginTest {
    private ServerSocket listening;
    private Socket peer;
    private Socket own;

    @BeforeEach
    void connect() throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        peer = new Socket(listening.getInetAddress(), listening.getLocalPort());
        own = listening.accept();
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        own.close();
        listening.close();
    }

    private boolean isOwner(HttpVersion version, Set<String> headers, List<String> hosts) {
        SocketAddress far = own.getRemoteSocketAddress();
        return new RequestOrigin(version, headers, hosts, far, own.getLocalSocketAddress()).isOwner(new PeerUser());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8181",
                "127.0.0.1",
                "127.0.0.1:8181",
                "127.8.9.1:80",
                "[::1]",
                "[::1]:8181",
                "[::ffff:127.0.0.1]:1"
            })
    void accepts_loopback_hosts(String host) {
        assertThat(isOwner(HttpVersion.HTTP_1_1, Set.of("host"), List.of(host))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":8181",
                "latchkey",
                "latchkey.localhost.example.org",
                "localhost.example.org:8181",
                "127.0.0.1.example.org",
                "10.0.0.1:8181",
                "[::2]",
                "::1",
                "[::1",
                "[localhost]",
                "localhost:8181:1",
                "localhost@example.org",
                "example.org:80@localhost",
                "localhost/",
                "localhost,example.org",
                " localhost",
                "0.0.0.0:8181"
            })
    void rejects_other_hosts(String host) {
        assertThat(isOwner(HttpVersion.HTTP_1_1, Set.of("host"), List.of(host))).isFalse();
    }

    @Test
    void requires_one_host() {
        assertThat(isOwner(HttpVersion.HTTP_1_1, Set.of(), List.of())).isFalse();
        assertThat(isOwner(HttpVersion.HTTP_1_1, Set.of("host"), List.of("localhost", "localhost")))
                .isFalse();
    }

    @Test
    void rejects_http_1_0() {
        assertThat(isOwner(HttpVersion.HTTP_1_0, Set.of("host"), List.of("localhost")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin",
                "Referer",
                "Cookie",
                "Sec-Fetch-Site",
                "sec-ch-ua",
                "Upgrade-Insecure-Requests",
                "Priority",
                "Forwarded",
                "X-Forwarded-For",
                "x-forwarded-host",
                "X-Forwarded",
                "Via",
                "X-Real-IP",
                "X-Client-IP",
                "X-Cluster-Client-IP",
                "True-Client-IP",
                "CF-Connecting-IP",
                "CF-Ray",
                "CDN-Loop",
                "Fastly-Client-IP",
                "Fly-Client-IP",
                "X-Azure-ClientIP",
                "X-Amzn-Trace-Id",
                "X-Appengine-User-IP",
                "X-Envoy-External-Address",
                "X-Original-URI",
                "X-ProxyUser-Ip",
                "WL-Proxy-Client-IP",
                "X-Request-Id",
                "X-Scheme",
                "Proxy-Connection"
            })
    void rejects_headers_of_proxies_and_browsers(String header) {
        assertThat(isOwner(HttpVersion.HTTP_1_1, Set.of("host", header), List.of("localhost")))
                .isFalse();
    }

    @Test
    void accepts_headers_of_plain_clients() {
        assertThat(isOwner(
                        HttpVersion.HTTP_1_1,
                        Set.of(
                                "Host",
                                "User-Agent",
                                "Accept",
                                "Accept-Encoding",
                                "Connection",
                                "Content-Type",
                                "Content-Length",
                                "Transfer-Encoding",
                                "Authorization",
                                "Upgrade",
                                "HTTP2-Settings",
                                "x-http2-scheme",
                                "x-http2-stream-weight"),
                        List.of("localhost:8181")))
                .isTrue();
    }

    @Test
    void rejects_a_peer_that_has_disconnected() throws IOException {
        peer.close();
        assertThat(isOwner(HttpVersion.HTTP_1_1, Set.of("host"), List.of("localhost")))
                .isFalse();
    }
}
