package io.latchkey.http.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.Eventually;
import io.latchkey.application.FakeCopy;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.CannedServer;
import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import io.latchkey.http.client.HttpRemoteAuthorities;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backups over HTTP: as fast as the client reads, one at a time, and cancelled when the client disconnects. */
final class BackupTest {
    private static final int LONG = 64 << 20;

    // More than fits into the buffers of a connection.
    private static final int AHEAD = 32 << 20;

    private final RunningServer server = new RunningServer();
    private String operator = "";

    @BeforeEach
    void issue() {
        operator = server.operator();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void is_read_only_as_fast_as_the_client_reads() throws IOException {
        server.store.makeCopiesAsLongAs(LONG);
        try (Socket slow = asked("GET")) {
            assertThat(slow.getInputStream().readNBytes(12)).asString(UTF_8).isEqualTo("HTTP/1.1 200");
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < Duration.ofSeconds(1).toNanos()) {
                assertThat(onlyCopy().bytesRead()).isLessThan(AHEAD);
                Thread.onSpinWait();
            }
            long rest = slow.getInputStream().transferTo(OutputStream.nullOutputStream());
            assertThat(rest).isGreaterThan(LONG);
            assertThat(onlyCopy().isClosed()).isTrue();
        }
    }

    @Test
    void is_sent_to_few_clients_at_a_time_and_slow_ones_lose_their_slot() throws IOException {
        server.store.makeCopiesAsLongAs(LONG);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < BackupController.AT_ONCE; i++) {
                slow.add(asked("GET"));
                assertThat(slow.getLast().getInputStream().readNBytes(12))
                        .asString(UTF_8)
                        .isEqualTo("HTTP/1.1 200");
            }
            assertThat(answer("GET"))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Retry-After: 1", "urn:latchkey:backup-under-way", "another backup is in progress");
            assertThatThrownBy(() -> at(server.port()).transfer().backUp())
                    .hasMessageContaining("it is unavailable; try again");
            slow.getFirst().getInputStream().transferTo(OutputStream.nullOutputStream());
            server.store.makeCopiesAsLongAs(0);
            for (int i = 0; i < 100; i++) {
                assertThat(answer("GET")).startsWith("HTTP/1.1 200 ");
            }
        } finally {
            for (Socket one : slow) {
                one.close();
            }
        }
    }

    @Test
    void ends_if_the_client_disconnects_during_the_download() throws IOException {
        server.store.makeCopiesAsLongAs(LONG);
        try (Socket client = asked("GET")) {
            assertThat(client.getInputStream().readNBytes(100_000)).hasSize(100_000);
        }
        Eventually.get(onlyCopy()::isClosed, closed -> closed);
        assertThat(onlyCopy().bytesRead()).isLessThan(LONG);
        server.store.makeCopiesAsLongAs(0);
        Eventually.get(() -> answer("GET"), answer -> answer.startsWith("HTTP/1.1 200 "));
    }

    @Test
    void ends_if_the_client_disconnects_before_it_is_made() throws IOException {
        server.store.makeCopiesAsLongAs(LONG);
        synchronized (server.store) {
            // The second request is rejected, which shows that the first is being served.
            try (Socket client = asked("GET");
                    Socket another = asked("GET")) {
                Eventually.get(() -> isAnswered(client) != isAnswered(another), answered -> answered);
            }
        }
        server.store.makeCopiesAsLongAs(0);
        Eventually.get(() -> answer("GET"), answer -> answer.startsWith("HTTP/1.1 200 "));
        Eventually.get(server.store::copies, copies -> copies.stream().allMatch(FakeCopy::isClosed));
    }

    @Test
    void is_not_made_for_head() throws IOException {
        assertThat(answer("HEAD")).startsWith("HTTP/1.1 200 ");
        at(server.port()).transfer().checkMayBackUp();
        assertThat(server.store.copies()).isEmpty();
    }

    @Test
    void fails_if_the_ledger_is_broken_or_the_store_fails_and_can_be_tried_again() {
        server.store.forge();
        for (int i = 0; i < 2; i++) {
            assertThat(answer("GET"))
                    .startsWith("HTTP/1.1 500 ")
                    .contains("application/problem+json", "urn:latchkey:ledger-broken", "verify ledger");
        }
        assertThatThrownBy(() -> at(server.port()).transfer().backUp())
                .isInstanceOf(TokenFailure.LedgerBroken.class)
                .hasMessageStartingWith("the ledger is broken");
        server.store.breakDown();
        for (int i = 0; i < 2; i++) {
            assertThat(answer("GET")).startsWith("HTTP/1.1 503 ").contains("urn:latchkey:unavailable");
        }
        server.store.repair();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | text/plain               | Not found                                                      | it has no such endpoint; check the address and the version of the server
            404 | application/problem+json | {"type":"urn:latchkey:no-such-path","detail":"Not found"}      | it has no such endpoint; check the address and the version of the server
            405 | application/problem+json | {"type":"urn:latchkey:without-auth"}                           | it does not allow this; check whether it was started without authentication
            200 | text/html                | <html>welcome</html>                                           | the response is not that of a token authority; check the address
            """)
    void reports_servers_that_send_no_backup(int status, String type, String body, String guess) throws IOException {
        try (var stranger = CannedServer.answering(status, type, body)) {
            ActorAccess there = at(stranger.address().getPort());
            assertThatThrownBy(there.transfer()::backUp)
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(stranger.address() + " answered " + status + ": " + guess);
            assertThatThrownBy(there.transfer()::checkMayBackUp)
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(stranger.address() + " answered " + status + ": " + guess);
            assertThat(stranger.received()).startsWith("HEAD /api/v1/backup HTTP/1.1\r\n");
        }
    }

    @Test
    void fails_if_it_breaks_off() throws IOException {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.sqlite3\r\n";
        try (var server = new CannedServer(head + "Content-Length: 3000000000\r\n\r\nSQLite format 3");
                StoreBackup copy = at(server.address().getPort()).transfer().backUp()) {
            assertThat(copy.length()).isEqualTo(3_000_000_000L);
            assertThatThrownBy(() -> copy.content().transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage("the connection to " + server.address() + " broke before the response was complete");
        }
        for (String length : new String[] {"", "Transfer-Encoding: chunked\r\n", "Content-Length: many\r\n"}) {
            try (var server = new CannedServer(head + length + "\r\n0\r\n\r\n")) {
                assertThatThrownBy(
                                () -> at(server.address().getPort()).transfer().backUp())
                        .isInstanceOf(AuthorityUnavailable.class);
            }
        }
    }

    private FakeCopy onlyCopy() {
        return Eventually.get(server.store::copies, copies -> copies.size() == 1)
                .getFirst();
    }

    private ActorAccess at(int port) {
        return new HttpRemoteAuthorities()
                .at(
                        URI.create("http://127.0.0.1:" + port),
                        ServerTrust.DEFAULT,
                        Optional.of(TokenSecret.presented(operator)));
    }

    private String answer(String method) {
        return RawConnection.exchange(server.port(), request(method));
    }

    private Socket asked(String method) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write(request(method));
        return socket;
    }

    private static boolean isAnswered(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] request(String method) {
        return (method + " /api/v1/backup HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + operator
                        + "\r\n\r\n")
                .getBytes(ISO_8859_1);
    }
}
