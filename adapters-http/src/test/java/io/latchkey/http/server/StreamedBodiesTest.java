package io.latchkey.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Tokens;
import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are longer than the buffers of a connection, for clients that do not read. */
final class StreamedBodiesTest {
    private static final int MANY = 20_000;

    private final RunningServer server = new RunningServer();
    private final List<Socket> clients = new ArrayList<>();
    private String operator = "";

    @BeforeEach
    void issue() {
        operator = server.operator();
        server.store.appendAll(
                IntStream.range(0, MANY).mapToObj(StreamedBodiesTest::creating).toList());
    }

    private static Function<Tokens, TokenEvent> creating(int i) {
        var change = new Change.CreateNamed(
                new TokenName("token-" + i),
                TokenSecret.presented("secret of " + i).digest(),
                Lifetime.UNLIMITED,
                Description.NONE);
        return tokens -> change.decide(tokens, new Actor.FileOwner(), Instant.EPOCH);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/tokens", "/api/v3/query_sql?db=_internal&format=json&q=select+*+from+system.tokens"})
    void are_sent_to_few_clients_at_a_time(String path) throws IOException {
        for (int i = 0; i < StreamedBodies.AT_ONCE; i++) {
            asked(path);
        }
        // Not at once: a status line may come before its long body begins.
        assertThat(Eventually.get(() -> answer(path), answer -> answer.startsWith("HTTP/1.1 503 ")))
                .contains("Retry-After: 1", "too many long responses are being sent, try again");
        clients.getFirst().getInputStream().transferTo(OutputStream.nullOutputStream());
        assertThat(answer(path))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("0\r\n\r\n")
                .contains("token-" + (MANY - 1));
        clients.removeLast().close();
        Eventually.get(() -> answer(path), answer -> answer.startsWith("HTTP/1.1 200 "));
    }

    @Test
    void do_not_block_short_bodies() throws IOException {
        for (int i = 0; i < StreamedBodies.AT_ONCE; i++) {
            asked("/api/v1/tokens");
        }
        assertThat(answer("/api/v1/tokens?limit=50")).startsWith("HTTP/1.1 200 ");
        assertThat(answer("/api/v1/tokens?limit=1000")).startsWith("HTTP/1.1 503 ");
    }

    /** Opens a client that reads only the status line. */
    private void asked(String path) throws IOException {
        var client = new Socket();
        clients.add(client);
        client.setReceiveBufferSize(16 * 1024);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        client.getOutputStream().write(request(path));
        assertThat(client.getInputStream().readNBytes(12)).asString(UTF_8).isEqualTo("HTTP/1.1 200");
    }

    private String answer(String path) {
        return RawConnection.exchange(server.port(), request(path));
    }

    private byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + operator
                        + "\r\n\r\n")
                .getBytes(ISO_8859_1);
    }
}
