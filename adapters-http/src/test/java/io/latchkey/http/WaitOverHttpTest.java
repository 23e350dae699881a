package io.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.ChangeWait;
import io.latchkey.application.ChangeWait.WaitFor;
import io.latchkey.application.InMemoryNodes;
import io.latchkey.application.node.Node;
import io.latchkey.application.node.NodeWait;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.client.HttpRemoteAuthorities;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes that wait for the nodes of a server. */
final class WaitOverHttpTest {
    private static final TokenName CI = new TokenName("ci");

    private final HttpClient client = HttpClient.newHttpClient();
    private final InMemoryNodes nodes = new InMemoryNodes();
    private final List<NodeWait> told = new ArrayList<>();
    private RunningServer server;
    private String operator;

    @BeforeEach
    void start() {
        server = new RunningServer();
        operator = server.operator();
        server.store.share(nodes);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + operator)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return client.send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
    }

    private static Optional<String> nodes(HttpResponse<?> answer) {
        return answer.headers().firstValue("Latchkey-Nodes");
    }

    private static Optional<String> waitedOut(HttpResponse<?> answer) {
        return answer.headers().firstValue("Latchkey-Nodes-Waited-Out");
    }

    private ActorAccess remote(WaitFor asked) {
        return new HttpRemoteAuthorities()
                .at(
                        URI.create("http://127.0.0.1:" + server.port()),
                        ServerTrust.DEFAULT,
                        Optional.of(TokenSecret.presented(operator)))
                .waiting(new ChangeWait(Optional.of(asked), told::add));
    }

    @Test
    void a_change_that_ends_something_says_on_how_many_nodes_it_holds() throws Exception {
        assertThat(nodes(send("POST", "/api/v1/tokens", "{\"name\":\"ci\"}"))).isEmpty();
        HttpResponse<String> disabled = send("POST", "/api/v1/tokens/ci/disable", "");
        assertThat(disabled.statusCode()).isEqualTo(200);
        assertThat(nodes(disabled)).contains("2");
        assertThat(waitedOut(disabled)).isEmpty();
        assertThat(nodes(send("POST", "/api/v1/tokens/ci/enable?wait=nodes", "")))
                .contains("2");
        assertThat(nodes(send("DELETE", "/api/v3/configure/token?token_name=ci", "")))
                .contains("2");
        assertThat(nodes.awaited()).containsExactly(3L, 4L, 5L);
    }

    @Test
    void nodes_that_did_not_answer_are_named_in_a_header_that_they_cannot_break() throws Exception {
        nodes.answer(new NodeWait(1, List.of("one 17", "two\r\nX: y,\u00e9")));
        HttpResponse<String> answer = send("POST", "/api/v3/configure/token/admin/regenerate?wait=nodes", "");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(nodes(answer)).contains("1");
        assertThat(waitedOut(answer)).contains("one 17, two??X: y??");
    }

    @Test
    void nobody_waits_who_asks_for_none() throws Exception {
        HttpResponse<String> answer = send("POST", "/api/v3/configure/token/admin/regenerate?wait=none", "");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(nodes(answer)).isEmpty();
        assertThat(nodes.awaited()).isEmpty();
    }

    @Test
    void another_value_is_refused_before_anything_is_changed() throws Exception {
        for (String path : List.of(
                "/api/v1/tokens?wait=all", "/api/v3/configure/token/named_admin?wait=", "/api/v1/tokens?wait=NODES")) {
            HttpResponse<String> answer = send("POST", path, "{\"name\":\"ci\",\"token_name\":\"ci\"}");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("wait must be nodes or none");
        }
        assertThat(send("GET", "/api/v1/tokens?wait=nodes", "").statusCode()).isEqualTo(400);
        assertThat(server.store.revision()).isEqualTo(1);
    }

    @Test
    void a_leak_report_waits_and_does_not_say_so() throws Exception {
        String secret = remote(WaitFor.NONE)
                .tokens()
                .createNamed(CI, Lifetime.UNLIMITED, Description.NONE)
                .secret()
                .reveal();
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1/burn?wait=nodes"))
                        .header("Authorization", "Bearer " + secret)
                        .POST(BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(nodes(answer)).isEmpty();
        assertThat(nodes.awaited()).containsExactly(3L);
    }

    @Test
    void without_nodes_waiting_for_them_is_refused() throws Exception {
        try (RunningServer file = new RunningServer()) {
            operator = file.operator();
            for (String path : List.of(
                    "/api/v1/tokens?wait=nodes",
                    "/api/v3/configure/token/named_admin?wait=nodes",
                    "/api/v3/configure/token/admin?wait=nodes")) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + file.port() + path))
                                .header("Authorization", "Bearer " + operator)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"name\":\"ci\",\"token_name\":\"ci\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(path).isEqualTo(400);
                assertThat(answer.body()).contains("there are no nodes to wait for");
            }
            assertThat(file.store.revision()).isEqualTo(1);
        }
    }

    @Test
    void a_waiting_request_delays_no_other() throws Exception {
        remote(WaitFor.NONE).tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE);
        CountDownLatch applied = new CountDownLatch(1);
        nodes.during(() -> {
            try {
                applied.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            waiting.add(client.sendAsync(
                    request("POST", "/api/v1/tokens/ci/disable?wait=nodes", ""), HttpResponse.BodyHandlers.ofString()));
        }
        assertThat(send("POST", "/api/v1/tokens?wait=none", "{\"name\":\"other\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(send("GET", "/api/v1/tokens", "").statusCode()).isEqualTo(200);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        applied.countDown();
        assertThat(waiting)
                .allSatisfy(answer -> assertThat(nodes(answer.join())).contains("2"));
    }

    @Test
    void the_client_lists_the_nodes_as_they_are() {
        Node node = new Node(
                new UUID(1, 2),
                "one 17",
                "1.2.3",
                Instant.parse("2026-03-01T12:00:00Z"),
                Instant.parse("2026-03-01T12:00:01.250Z"),
                7,
                2,
                Node.State.UNSEEN);
        nodes.add(node);
        assertThat(remote(WaitFor.NONE).ledger().nodes()).containsExactly(node);
        server.store.share(new InMemoryNodes());
        assertThat(remote(WaitFor.NONE).ledger().nodes()).isEmpty();
    }

    @Test
    void the_client_asks_and_is_told() {
        nodes.answer(new NodeWait(1, List.of("one 17", "two 3")));
        remote(WaitFor.NODES).tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE);
        remote(WaitFor.NODES).tokens().revoke(CI, Precondition.NONE);
        assertThat(told)
                .containsExactly(
                        new NodeWait(1, List.of("one 17", "two 3")), new NodeWait(1, List.of("one 17", "two 3")));
        remote(WaitFor.NONE).tokens().regenerateOperator();
        assertThat(told).hasSize(2);
    }
}
