package io.latchkey.http.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import io.latchkey.http.server.TrustedProxies;
import io.netty.channel.local.LocalAddress;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

final class TrustedProxiesTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1);
    private static final List<String> NETWORKS = List.of("127.0.0.1", "10.1.0.0/16", "2001:db8::/33");

    @Test
    void trusts_nobody_by_default() {
        assertThat(client(List.of(), "127.0.0.1", "X-Forwarded-For", "1.2.3.4")).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    127.0.0.1      | X-Forwarded-For | 1.2.3.4                               | 1.2.3.4
                    127.0.0.1      | X-Forwarded-For | 6.6.6.6, 1.2.3.4                      | 1.2.3.4
                    10.1.255.1     | X-Forwarded-For | 6.6.6.6, 1.2.3.4,10.1.2.3             | 1.2.3.4
                    10.2.0.1       | X-Forwarded-For | 1.2.3.4                               | 10.2.0.1
                    127.0.0.1      | X-Forwarded-For | 1.2.3.4:5678                          | 1.2.3.4
                    127.0.0.1      | X-Forwarded-For | 2001:db9::1                           | 2001:db9:0:0:0:0:0:1
                    127.0.0.1      | X-Forwarded-For | [2001:db9::1]                         | 2001:db9:0:0:0:0:0:1
                    127.0.0.1      | X-Forwarded-For | 6.6.6.6, [2001:db9::1]:5678           | 2001:db9:0:0:0:0:0:1
                    127.0.0.1      | X-Forwarded-For | ::ffff:1.2.3.4                        | 1.2.3.4
                    127.0.0.1      | X-Forwarded-For | [::ffff:1.2.3.4]:80                   | 1.2.3.4
                    127.0.0.1      | X-Forwarded-For | 6.6.6.6, [::1                         | 127.0.0.1
                    127.0.0.1      | X-Forwarded-For | localhost                             | 127.0.0.1
                    127.0.0.1      | X-Forwarded-For | 6.6.6.6, unknown                      | 127.0.0.1
                    127.0.0.1      | X-Forwarded-For | '6.6.6.6,'                            | 127.0.0.1
                    127.0.0.1      | X-Forwarded-For | ''                                    | 127.0.0.1
                    127.0.0.1      | X-Forwarded-For | 127.0.0.1                             | 127.0.0.1
                    2001:db8:0::1  | Forwarded       | for=1.2.3.4;proto=https               | 1.2.3.4
                    2001:db8:8000::1 | Forwarded     | for=1.2.3.4                           | 2001:db8:8000:0:0:0:0:1
                    127.0.0.1      | Forwarded       | For=6.6.6.6, proto=http;for="[2001:db9::1]:80" | 2001:db9:0:0:0:0:0:1
                    127.0.0.1      | Forwarded       | for="1.2.3.4:80";by=6.6.6.6           | 1.2.3.4
                    127.0.0.1      | Forwarded       | for=6.6.6.6, by=127.0.0.1;proto=https | 127.0.0.1
                    127.0.0.1      | Forwarded       | for=1.2.3.4, for=10.1.2.3             | 1.2.3.4
                    127.0.0.1      | Forwarded       | for="6.6.6.6, for=1.2.3.4             | 1.2.3.4
                    127.0.0.1      | Forwarded       | for=unknown                           | 127.0.0.1
                    127.0.0.1      | Forwarded       | for=_hidden                           | 127.0.0.1
                    """)
    void the_client_is_the_nearest_hop_that_is_not_trusted(String peer, String header, String value, String client) {
        assertThat(client(NETWORKS, peer, header, value)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-For, Forwarded,       for=6.6.6.6",
        "Forwarded,       X-Forwarded-For, 6.6.6.6",
        "X-Forwarded-For, X-Real-IP,       6.6.6.6",
        "x-forwarded-for, X-Forwarded,     6.6.6.6"
    })
    void reads_only_the_configured_header(String configured, String other, String value) {
        var proxies = new TrustedProxies(NETWORKS, configured);
        var headers = new DefaultHttpHeaders().add(other, value);
        assertThat(proxies.client(PEER, headers::getAll)).isEqualTo("127.0.0.1");
        headers.add(configured, configured.equals("Forwarded") ? "for=1.2.3.4" : "1.2.3.4");
        assertThat(proxies.client(PEER, headers::getAll)).isEqualTo("1.2.3.4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    127.0.0.1  | X-Forwarded-For | 1.2.3.4              | 1.2.3.4
                    127.0.0.1  | X-Forwarded-For | ::ffff:1.2.3.4       | 1.2.3.4
                    127.0.0.1  | X-Forwarded-For | 1.2.3.4, 10.1.2.3    | 1.2.3.4
                    127.0.0.1  | X-Forwarded-For | 10.1.2.3             | 10.1.2.3
                    10.2.0.1   | X-Forwarded-For | 1.2.3.4              | 10.2.0.1
                    127.0.0.1  | X-Forwarded-For | localhost            | 0:0:0:0:0:0:0:0
                    127.0.0.1  | X-Forwarded-For | 6.6.6.6, unknown     | 0:0:0:0:0:0:0:0
                    127.0.0.1  | X-Forwarded-For | '6.6.6.6,'           | 0:0:0:0:0:0:0:0
                    127.0.0.1  | X-Forwarded-For | ',10.1.2.3'          | 0:0:0:0:0:0:0:0
                    127.0.0.1  | X-Forwarded-For | ''                   | 0:0:0:0:0:0:0:0
                    127.0.0.1  | X-Forwarded-For | 6.6.6.6, [::1        | 0:0:0:0:0:0:0:0
                    127.0.0.1  | Forwarded       | for=_hidden          | 0:0:0:0:0:0:0:0
                    127.0.0.1  | Forwarded       | by=127.0.0.1         | 0:0:0:0:0:0:0:0
                    """)
    void an_address_that_decides_is_unknown_unless_every_trusted_proxy_says_it(
            String peer, String header, String value, String address) {
        assertThat(new TrustedProxies(NETWORKS, header)
                        .address(
                                new InetSocketAddress(InetAddress.ofLiteral(peer), 1),
                                new DefaultHttpHeaders().add(header, value)::getAll)
                        .getHostAddress())
                .isEqualTo(address);
    }

    @Test
    void a_peer_without_an_ip_address_is_unknown() {
        assertThat(new TrustedProxies(NETWORKS, "X-Forwarded-For")
                        .address(new LocalAddress("socket"), _ -> List.of("10.1.2.3"))
                        .isAnyLocalAddress())
                .isTrue();
    }

    @Test
    void joins_repeated_headers() {
        var headers = new DefaultHttpHeaders().add("X-Forwarded-For", "6.6.6.6").add("X-Forwarded-For", "1.2.3.4");
        assertThat(new TrustedProxies(NETWORKS, "X-Forwarded-For").client(PEER, headers::getAll))
                .isEqualTo("1.2.3.4");
    }

    @Test
    void may_trust_all_addresses() {
        for (String network : List.of("0.0.0.0/0", "127.0.0.0/8")) {
            assertThat(client(List.of(network), "127.0.0.1", "X-Forwarded-For", "1.2.3.4"))
                    .isEqualTo("1.2.3.4");
        }
        assertThat(client(List.of("::/0"), "::1", "X-Forwarded-For", "2001:db9::1"))
                .isEqualTo("2001:db9:0:0:0:0:0:1");
    }

    @Test
    void rejects_other_headers() {
        assertThatThrownBy(() -> new TrustedProxies(NETWORKS, "X-Real-IP"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Real-IP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10/8", "10.0.0.1/8", "::/129", "*"})
    void rejects_an_invalid_network(String network) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(network), "X-Forwarded-For"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(network);
    }

    @Test
    void logs_the_client_that_a_trusted_proxy_reports() {
        assertThat(peers(Map.of())).containsExactly("127.0.0.1");
        assertThat(peers(Map.of("latchkey.server.trusted-proxies", "10.0.0.1,127.0.0.0/8")))
                .containsExactly("1.2.3.4");
    }

    private static List<Object> peers(Map<String, Object> settings) {
        Logger log = (Logger) LoggerFactory.getLogger(AccessLog.class);
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        log.addAppender(appender);
        try (var server = new RunningServer(settings)) {
            String request = String.join(
                    "\r\n",
                    "GET /api/v1/whoami HTTP/1.1",
                    "Host: x",
                    "Connection: close",
                    "Forwarded: for=6.6.6.6",
                    "X-Forwarded-For: 6.6.6.6, 1.2.3.4",
                    "",
                    "");
            assertThat(RawConnection.exchange(server.port(), request.getBytes(UTF_8)))
                    .startsWith("HTTP/1.1 401");
        } finally {
            log.detachAppender(appender);
        }
        return appender.list.stream()
                .flatMap(event -> event.getKeyValuePairs().stream())
                .filter(pair -> pair.key.equals("peer"))
                .map(pair -> pair.value)
                .toList();
    }

    private static String client(List<String> networks, String peer, String header, String value) {
        return new TrustedProxies(networks, header.equals("Forwarded") ? header : "X-Forwarded-For")
                .client(
                        new InetSocketAddress(InetAddress.ofLiteral(peer), 1),
                        new DefaultHttpHeaders().add(header, value)::getAll);
    }
}
