package io.latchkey.http.influxdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Slow clients. */
final class SlowClientsTest {
    private static final int IDLE = 3_000;
    private static final int DRIPPING = 100;

    private final List<SocketChannel> others = new ArrayList<>();
    private RunningServer server = new RunningServer();
    private String operator = "";

    @BeforeEach
    void issue() {
        operator = server.operator();
    }

    @AfterEach
    void hangUp() throws IOException {
        for (SocketChannel other : others) {
            other.close();
        }
        server.close();
    }

    @Test
    void do_not_delay_others() throws IOException {
        for (int i = 0; i < IDLE; i++) {
            connect("");
        }
        List<SocketChannel> dripping = new ArrayList<>();
        for (int i = 0; i < DRIPPING; i++) {
            dripping.add(connect(
                    i % 2 == 0
                            ? "GET /api/v1/verify HTTP/1.1\r\nX-Slow: "
                            : "POST /api/v3/configure/token/" + (i % 4 == 1 ? "admin" : "named_admin")
                                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                                    + operator + "\r\nContent-Length: 1000\r\n\r\n{"));
        }
        for (int i = 0; i < 20; i++) {
            for (SocketChannel slow : dripping) {
                slow.write(ByteBuffer.wrap(new byte[] {'x'}));
            }
            assertThat(ask("GET /api/v1/verify", "")).startsWith("HTTP/1.1 204");
            assertThat(ask("POST /api/v3/configure/token/named_admin", "{\"token_name\":\"t" + i + "\"}"))
                    .startsWith("HTTP/1.1 201");
        }
    }

    @Test
    void do_not_reach_the_store_if_there_is_an_operator() {
        server.store.breakDown();
        assertThat(RawConnection.exchange(
                        server.port(),
                        "POST /api/v3/configure/token/admin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                .getBytes(US_ASCII)))
                .startsWith("HTTP/1.1 409");
    }

    @Test
    void without_a_credential_wait_for_the_store_on_few_threads() throws IOException {
        server.close();
        server = new RunningServer();
        int many = 2 * InfluxTokenController.MAX_ANONYMOUS_WAITING;
        String request = "POST /api/v3/configure/token/admin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        List<String> answers = new CopyOnWriteArrayList<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            synchronized (server.store) {
                for (int i = 0; i < many; i++) {
                    clients.execute(
                            () -> answers.add(RawConnection.exchange(server.port(), request.getBytes(US_ASCII))));
                }
                Eventually.get(answers::size, size -> size >= many / 4);
                assertThat(answers).allMatch(answer -> answer.startsWith("HTTP/1.1 503"));
                assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .filteredOn(name -> name.startsWith("io-executor") || name.startsWith("latchkey-anonymous"))
                        .hasSizeLessThan(20);
            }
        }
        assertThat(answers).hasSize(many);
        assertThat(answers.stream().filter(answer -> answer.startsWith("HTTP/1.1 201")))
                .hasSize(1);
        assertThat(answers).allMatch(answer -> answer.matches("(?s)HTTP/1.1 (201|409|503).*"));
    }

    private SocketChannel connect(String text) throws IOException {
        SocketChannel other =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        others.add(other);
        other.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
        return other;
    }

    private String ask(String line, String body) {
        String request =
                line + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                        + operator + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        return RawConnection.exchange(server.port(), request.getBytes(US_ASCII));
    }
}
