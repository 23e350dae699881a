package io.latchkey.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.http.RunningServer;
import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class OpenConnectionsTest {
    private final OpenConnections connections = new OpenConnections(3, System::nanoTime);

    private final EmbeddedChannel listener = new EmbeddedChannel(new AcceptedConnections(connections));

    private Channel open() {
        Channel channel = new EmbeddedChannel();
        connections.opened(channel, listener);
        return channel;
    }

    private static List<Boolean> open(Channel... channels) {
        return Stream.of(channels).map(Channel::isOpen).toList();
    }

    @Test
    void replaces_the_oldest_connection_without_a_live_token() {
        Channel proven = open();
        connections.proven(proven);
        Channel first = open();
        Channel second = open();
        Channel third = open();
        assertThat(open(proven, first, second, third)).containsExactly(true, false, true, true);
        connections.proven(second);
        connections.proven(third);
        assertThat(open(open())).containsExactly(false);
        proven.close().syncUninterruptibly();
        assertThat(open(open())).containsExactly(true);
    }

    @Test
    void accepts_none_while_many_are_being_closed() throws InterruptedException {
        var served = new CountDownLatch(1);
        try (var loop = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory())) {
            loop.execute(() -> {
                try {
                    served.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            });
            for (int i = 0; i < 3 + OpenConnections.CLOSING; i++) {
                var connection = new LocalChannel();
                var _ = loop.register(connection);
                listener.writeInbound(connection);
            }
            boolean accepting = listener.config().isAutoRead();
            served.countDown();
            assertThat(accepting).isFalse();
            Eventually.until(() -> listener.config().isAutoRead());
        }
    }

    @Test
    void waits_a_second_if_none_can_be_accepted() {
        listener.pipeline().fireExceptionCaught(new IOException("accept(..) failed: Too many open files"));
        assertThat(listener.config().isAutoRead()).isFalse();
        listener.advanceTimeBy(1, TimeUnit.SECONDS);
        listener.runScheduledPendingTasks();
        assertThat(listener.config().isAutoRead()).isTrue();
        listener.checkException();
    }

    @Test
    void keeps_connections_with_a_live_token_open() throws IOException {
        try (var server = new RunningServer(Map.of("latchkey.server.connections", 20))) {
            String secret = server.operator();
            List<Socket> anonymous = new ArrayList<>();
            try (var kept = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                ask(kept, secret);
                for (int i = 0; i < 200; i++) {
                    anonymous.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
                }
                ask(kept, secret);
                try (var fresh = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                    ask(fresh, secret);
                }
                assertThat(anonymous.getFirst().getInputStream().read()).isEqualTo(-1);
            }
            for (Socket stranger : anonymous) {
                stranger.close();
            }
        }
    }

    private static void ask(Socket socket, String secret) throws IOException {
        socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
        socket.getOutputStream()
                .write(("GET /api/v1/verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + secret + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[1024];
        int length = socket.getInputStream().read(answer);
        assertThat(new String(answer, 0, length, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 204 ");
    }
}
