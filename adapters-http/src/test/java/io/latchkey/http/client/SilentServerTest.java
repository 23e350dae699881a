package io.latchkey.http.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ChangeWait;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.application.table.TableText;
import io.latchkey.domain.Precondition;
import io.latchkey.http.wire.HeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that accept a connection and then send nothing, or nothing more. */
@Timeout(20)
final class SilentServerTest {
    private static final Timeouts SHORT = new Timeouts(Duration.ofMillis(300), Duration.ofMillis(600));
    private static final String HTTP = "HTTP/1.1 200 OK\r\n";

    private interface Use {
        void of(ApiClient client) throws IOException;
    }

    /** Lets a client use a server that sends this text after a request, and then keeps the connection. */
    private static void against(String answer, Use use) throws IOException {
        try (var server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> {
                try {
                    Socket accepted = server.accept();
                    accepted.getOutputStream().write(answer.getBytes(US_ASCII));
                    accepted.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // The test is over.
                }
            });
            use.of(new ApiClient(
                    ServerTrustContext.of(ServerTrust.DEFAULT),
                    URI.create("http://127.0.0.1:" + server.getLocalPort()),
                    Optional.empty(),
                    Map.of(),
                    ChangeWait.DEFAULT,
                    SHORT));
        }
    }

    private static void assertUnavailable(String sentence, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(AuthorityUnavailable.class).hasMessageContaining(sentence);
    }

    private static StoreBackup download(ApiClient client) {
        return client.download(
                "/api/v1/backup", HeaderNames.BACKUP, answer -> new IllegalStateException("status " + answer.status()));
    }

    private static StreamedResponse open(ApiClient client) {
        return client.open("POST", "/api/v3/query_sql", new byte[0]);
    }

    @Test
    void a_server_that_sends_no_headers_is_given_up() throws IOException {
        for (String begun : new String[] {"", HTTP, HTTP + "Content-Type: text/plain\r\n"}) {
            against(begun, client -> assertUnavailable("no answer within", () -> open(client)));
            against(begun, client -> assertUnavailable("no answer within", () -> download(client)));
            against(
                    begun,
                    client -> assertUnavailable(
                            "no answer within",
                            () -> client.change("POST", "/api/v1/tokens", Precondition.NONE, new byte[0])));
        }
    }

    @Test
    void a_server_that_stops_within_a_stream_is_given_up() throws IOException {
        for (String begun : new String[] {
            "Content-Length: 9\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "\r\nabc"
        }) {
            against(HTTP + begun, client -> {
                try (TableText text = new QueryResponseText(open(client))) {
                    assertThat(text.next()).isEqualTo("abc");
                    assertUnavailable("stopped sending", text::hasNext);
                }
            });
        }
        against(HTTP + "Content-Type: " + HeaderNames.BACKUP + "\r\nContent-Length: 9\r\n\r\nabc", client -> {
            try (StoreBackup backup = download(client);
                    InputStream content = backup.content()) {
                assertUnavailable("stopped sending", content::readAllBytes);
            }
        });
    }

    @Test
    void a_server_that_stops_within_a_refusal_is_given_up() throws IOException {
        against("HTTP/1.1 503 Unavailable\r\nContent-Length: 9\r\n\r\nabc", client -> {
            assertUnavailable("stopped sending", () -> download(client));
        });
        against("HTTP/1.1 503 Unavailable\r\nContent-Length: 9\r\n\r\nabc", client -> {
            assertUnavailable("stopped sending", () -> open(client).read());
        });
    }
}
