package io.latchkey.http.influxdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.InMemorySystemTables;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.table.TableText;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.CannedServer;
import io.latchkey.http.RunningServer;
import io.latchkey.http.client.HttpRemoteAuthorities;
import io.latchkey.http.wire.TableMediaTypes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** InfluxDB's SQL endpoint (contract 1.10), and its client. */
final class QuerySqlTest {
    private static final String ALL_ENCODED = "q=select+*%20from+system.tokens";
    private static final String ALL_JSON = "\"db\":\"_internal\",\"q\":\"select * from system.tokens\"";

    private static HttpRequest.Builder at(RunningServer server, String rest) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v3/query_sql" + rest));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder as(String token, HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + token);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            &format=json       |                                | application/json          | [{"token_id":0,
            &format=json       | text/csv                       | application/json          | [{"token_id":0,
            &format=jsonl      | nonsense                       | application/jsonl         | {"token_id":0,
            &format=json_lines |                                | application/jsonl         | {"token_id":0,
            &format=csv        | application/json               | text/csv                  | token_id,name,
            &format=pretty     | text/html                      | text/plain; charset=utf-8 | +----------+
                               |                                | application/json          | [{"token_id":0,
                               | */*                            | application/json          | [{"token_id":0,
                               | application/json               | application/json          | [{"token_id":0,
                               | text/html,application/xml      | application/json          | [{"token_id":0,
                               | text/csv                       | text/csv                  | token_id,name,
                               | text/plain                     | text/plain; charset=utf-8 | +----------+
            """)
    void uses_the_format_of_the_parameter_or_the_accept_header(
            String format, String accept, String type, String begins) {
        try (var server = new RunningServer()) {
            String token = server.operator();
            HttpRequest.Builder request = as(
                    token,
                    at(server, "?db=_internal&" + ALL_ENCODED + (format == null ? "" : format) + "&params=%7B%7D"));
            HttpResponse<String> answer = send(accept == null ? request : request.header("Accept", accept));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains(type);
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.body()).startsWith(begins).doesNotContain(token);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                             |                                | 400 | missing query parameters 'db' and 'q'
            ?                                |                                | 400 | missing query parameters 'db' and 'q'
            ?db=_internal                    |                                | 400 | serde error: missing field `q`
            ?q=select                        |                                | 400 | serde error: missing field `db`
            ?db=a&db=b&q=c                   |                                | 400 | serde error: duplicate field `db`
            ?db=_internal&q=x&format=xml     |                                | 400 | serde error: unknown variant `xml`, expected one of `parquet`, `csv`, `pretty`, `json`, `json_lines`
            ?db=_internal&q=x&format=CSV     |                                | 400 | serde error: unknown variant `CSV`, expected one of `parquet`, `csv`, `pretty`, `json`, `json_lines`
            ?db=_internal&q=x&format=parquet |                                | 400 | the format parquet is not supported: use json, json_lines, csv or pretty
            ?db=_internal&q=x                | application/parquet            | 400 | the format parquet is not supported: use json, json_lines, csv or pretty
            ?db=_internal&q=x                | application/vnd.apache.parquet | 400 | the format parquet is not supported: use json, json_lines, csv or pretty
            ?db=_internal&q=x                | application/jsonl              | 400 | invalid mime type (application/jsonl)
            ?db=_internal&q=x                | application/json, text/plain   | 400 | invalid mime type (application/json, text/plain)
            ?db=foo&q=x                      |                                | 404 | {"error":"query error: database not found: foo"}
            ?db=_internal&q=x                |                                | 400 | Error during planning: not understood: x
            """)
    void rejects_an_invalid_request(String url, String accept, int status, String body) {
        try (var server = new RunningServer()) {
            HttpRequest.Builder request = as(server.operator(), at(server, url == null ? "" : url));
            HttpResponse<String> answer = send(accept == null ? request : request.header("Accept", accept));
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(body);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains(status == 404 ? "application/json" : "text/plain; charset=utf-8");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {ALL}                                | 200 | [{"token_id":0,
            {ALL,"format":"json","params":{}}    | 200 | [{"token_id":0,
            {ALL,"format":null,"other":[1]}      | 200 | [{"token_id":0,
            {ALL,"format":"pretty"}              | 200 | +----------+
            {ALL,"format":"xml"}                 | 400 | serde json error: unknown variant `xml`, expected one of `parquet`, `csv`, `pretty`, `json`, `json_lines`
            {ALL,"format":1}                     | 400 | serde json error: field `format`: expected a string, not the number 1
            {ALL,"format":"parquet"}             | 400 | the format parquet is not supported
            {"q":"x"}                            | 400 | serde json error: missing field `db`
            {"db":"x"}                           | 400 | serde json error: missing field `q`
            {"db":"a\\"b","q":"x"}                | 404 | {"error":"query error: database not found: a\\"b"}
            db=_internal&q=select                | 400 | serde json error:
            """)
    void reads_a_body_of_any_type_as_json(String body, int status, String begins) {
        try (var server = new RunningServer()) {
            String token = server.operator();
            for (String type : List.of("application/json", "application/x-www-form-urlencoded", "none")) {
                HttpResponse<String> answer = send(as(token, at(server, ""))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(
                                body.replace("ALL", ALL_JSON).replace("\\\\", "\\"))));
                assertThat(answer.statusCode()).isEqualTo(status);
                assertThat(answer.body()).startsWith(begins.replace("\\\\", "\\"));
            }
        }
    }

    @Test
    void requires_a_token_and_get_or_post() {
        try (var server = new RunningServer()) {
            String token = server.operator();
            String url = "?db=_internal&" + ALL_ENCODED;
            assertThat(send(at(server, url)).statusCode()).isEqualTo(401);
            assertThat(send(as("wrong", at(server, url))).body())
                    .isEqualTo("{\"error\": \"the request was not authenticated\"}");
            for (String method : List.of("HEAD", "PUT", "DELETE", "PATCH")) {
                assertThat(send(as(token, at(server, url)).method(method, BodyPublishers.noBody()))
                                .statusCode())
                        .isEqualTo(404);
            }
            assertThat(send(as(token, at(server, "/" + url))).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void rejects_queries_beyond_the_queue_and_still_gives_verdicts() {
        CountDownLatch end = new CountDownLatch(1);
        var tables = new InMemorySystemTables(() -> await(end));
        HttpClient client = HttpClient.newHttpClient(); // not closed, because that would wait for the blocked queries
        try (var server = new RunningServer(Map.of(), tables)) {
            String token = server.operator();
            HttpRequest query = as(token, at(server, "?db=_internal&" + ALL_ENCODED + "+order+by+token_id"))
                    .build();
            List<CompletableFuture<HttpResponse<String>>> taken = new ArrayList<>();
            for (int i = 0; i < QueryController.AT_ONCE + QueryController.IN_LINE + 1; i++) {
                taken.add(client.sendAsync(query, BodyHandlers.ofString()).orTimeout(60, TimeUnit.SECONDS));
            }
            CompletableFuture.anyOf(taken.toArray(CompletableFuture<?>[]::new)).join();
            assertThat(send(as(token, at(server, "/nothing"))).body()).isEqualTo("Not found");
            end.countDown();
            assertThat(taken.stream().map(CompletableFuture::join).map(HttpResponse::statusCode))
                    .containsOnly(200, 503)
                    .containsOnlyOnce(503);
        } finally {
            end.countDown();
        }
    }

    @Test
    void cancels_a_query_when_its_client_disconnects() throws IOException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        var tables = new InMemorySystemTables(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        try (var server = new RunningServer(Map.of(), tables)) {
            String request = "GET /api/v3/query_sql?db=_internal&" + ALL_ENCODED
                    + "+order+by+token_id HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + server.operator()
                    + "\r\n\r\n";
            for (int i = 0; i < QueryController.AT_ONCE; i++) {
                try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                    client.getOutputStream().write(request.getBytes(US_ASCII));
                    await(begun);
                }
            }
            await(interrupted);
            assertThat(interrupted.getCount()).isZero();
        }
    }

    @Test
    void streams_many_tokens() throws IOException {
        try (var server = new RunningServer()) {
            String token = server.operator();
            ActorAccess owner = server.authority.actingAs(new Actor.FileOwner());
            for (int i = 0; i < 1_500; i++) {
                owner.tokens().createNamed(new TokenName("token " + i), Lifetime.UNLIMITED, Description.NONE);
            }
            for (TableFormat format : TableFormat.values()) {
                String expected =
                        owner.queries().query(SystemQuery.ALL_TOKENS, format).whole();
                HttpResponse<String> answer = send(as(
                        token, at(server, "?db=_internal&" + ALL_ENCODED + "&format=" + TableMediaTypes.name(format))));
                assertThat(answer.headers().firstValue("Transfer-Encoding")).contains("chunked");
                assertThat(answer.body()).isEqualTo(expected);
                try (TableText remote = new HttpRemoteAuthorities()
                        .at(
                                URI.create("http://127.0.0.1:" + server.port()),
                                ServerTrust.DEFAULT,
                                Optional.of(TokenSecret.presented(token)))
                        .queries()
                        .query(SystemQuery.ALL_TOKENS, format)) {
                    assertThat(remote.whole()).isEqualTo(expected);
                }
                String sql = ALL_ENCODED + "+order+by+token_id&format=" + TableMediaTypes.name(format);
                HttpResponse<String> found = send(as(token, at(server, "?db=_internal&" + sql)));
                assertThat(found.headers().firstValue("Content-Length")).isPresent();
                assertThat(found.body()).isEqualTo(expected);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ActorAccess at(CannedServer server) {
        return new HttpRemoteAuthorities()
                .at(server.address(), ServerTrust.DEFAULT, Optional.of(TokenSecret.presented("apiv3_hush")));
    }

    @Test
    void an_influxdb_3_is_asked_as_its_own_command_line_asks() throws IOException {
        try (var influx = CannedServer.answering(200, "application/jsonl", "{\"token_id\":0}\n")) {
            assertThat(at(influx)
                            .queries()
                            .query(SystemQuery.ALL_TOKENS, TableFormat.JSONL)
                            .whole())
                    .isEqualTo("{\"token_id\":0}\n");
            assertThat(influx.received())
                    .startsWith("POST /api/v3/query_sql HTTP/1.1\r\n")
                    .contains("Content-Type: application/json\r\n")
                    .endsWith("{" + ALL_JSON + ",\"format\":\"json_lines\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            400 | text/plain       | Error during planning: table not found       | BadQuery        | Error during planning: table not found
            405 | text/plain       | not implemented: EXPLAIN                     | BadQuery        | not implemented: EXPLAIN
            404 | application/json | {"error":"query error: database not found: _internal"} | NoSuchDatabase | query error: database not found: _internal
            401 | application/json | {"error": "the request was not authenticated"} | Unauthenticated | the request was not authenticated
            403 | application/json | {"error": "requestor is forbidden from requested resource"} | Forbidden | requestor is forbidden from requested resource
            """)
    void an_influxdb_3s_refusals_are_understood(int status, String type, String body, String failure, String sentence)
            throws IOException {
        try (var influx = CannedServer.answering(status, type, body)) {
            assertThatThrownBy(() -> at(influx).queries().query(SystemQuery.ALL_TOKENS, TableFormat.JSON))
                    .isInstanceOf(TokenFailure.class)
                    .hasMessage(sentence)
                    .extracting(e -> e.getClass().getSimpleName())
                    .isEqualTo(failure);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | text/html  | <html>log in</html>
            200 | text/csv   | token_id
            400 | text/html  | <html>bad</html>
            404 | text/plain | Not found
            405 | text/html  | <html>no</html>
            500 | text/plain | panic
            503 | text/html  | <html>later</html>
            """)
    void rejects_responses_that_are_not_a_table(int status, String type, String body) throws IOException {
        try (var server = CannedServer.answering(status, type, body)) {
            assertThatThrownBy(() -> at(server).queries().query(SystemQuery.ALL_TOKENS, TableFormat.JSON))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessageStartingWith(server.address() + " answered " + status + ": ")
                    .hasMessageNotContaining(body);
        }
    }
}
