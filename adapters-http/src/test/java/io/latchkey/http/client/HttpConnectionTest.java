package io.latchkey.http.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.remote.ServerTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers that do not respond: at one of their addresses, or while they receive a long request. */
final class HttpConnectionTest {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final InetAddress SILENT = InetAddress.ofLiteral("127.0.0.2");
    private static final InetAddress ANSWERING = InetAddress.ofLiteral("127.0.0.1");

    /** A port that accepts no connections, because its queue is full. */
    private static List<SocketChannel> fill(ServerSocket silent) throws IOException {
        List<SocketChannel> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(silent.getLocalSocketAddress());
            waiting.add(channel);
        }
        return waiting;
    }

    @Test
    void tries_the_next_address_if_one_does_not_respond() throws IOException {
        try (var answering = new ServerSocket(0, 50, ANSWERING);
                var silent = new ServerSocket(answering.getLocalPort(), 1, SILENT)) {
            List<SocketChannel> waiting = fill(silent);
            int port = answering.getLocalPort();
            assertThatThrownBy(() -> HttpConnection.open(new InetAddress[] {SILENT}, port, Duration.ofMillis(200)))
                    .isInstanceOf(SocketTimeoutException.class);
            HttpConnection.open(new InetAddress[] {SILENT, ANSWERING}, port, SOON)
                    .close();
            HttpConnection.open(new InetAddress[] {SILENT, SILENT, ANSWERING}, port, SOON)
                    .close();
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void times_out_if_the_server_does_not_read() throws IOException {
        try (var deaf = new ServerSocket(0, 50, ANSWERING)) {
            var local = (InetSocketAddress) deaf.getLocalSocketAddress();
            var request = new RawRequest("POST", URI.create("http://127.0.0.1:" + local.getPort() + "/api/v1/import"))
                    .body("application/json", new byte[64 * 1024 * 1024]);
            try (HttpConnection connection = HttpConnection.open(request)) {
                assertThatThrownBy(() -> connection.send(
                                request, ServerTrustContext.of(ServerTrust.DEFAULT), Duration.ofMillis(200)))
                        .isInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    @Test
    void a_host_may_have_an_underscore() {
        var request = new RawRequest("GET", URI.create("http://my_latchkey:8181/ping"));
        assertThat(request.host()).isEqualTo("my_latchkey");
        assertThat(request.port()).isEqualTo(8181);
        assertThat(new String(request.bytes(), US_ASCII)).contains("\r\nHost: my_latchkey:8181\r\n");
        assertThat(new RawRequest("GET", URI.create("http://my_latchkey/")).port())
                .isEqualTo(80);
    }
}
