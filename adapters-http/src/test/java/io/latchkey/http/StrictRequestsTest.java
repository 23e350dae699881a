package io.latchkey.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.http.wire.Paths;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Latchkey's own API accepts exactly the described fields and parameters, each once. */
final class StrictRequestsTest {
    private static final ApiDescription DESCRIPTION = ApiDescription.read();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String UNLIKE_ANY = "zzzzzzzzzzzz";
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private static RunningServer server;
    private static String operator;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer();
        operator = server.operator();
        send("POST", "/api/v1/tokens", "{\"name\":\"kept\"}");
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        server.close();
    }

    static List<ApiDescription.Operation> own() {
        return DESCRIPTION.operations().stream()
                .filter(operation -> operation.path().startsWith(Paths.OWN + "/")
                        && !operation.path().equals(Paths.INFLUX_HEALTH)
                        && !Paths.isVerify(operation.path()))
                .toList();
    }

    static List<ApiDescription.Operation> ownThatChange() {
        return own().stream()
                .filter(operation ->
                        !operation.method().equals("GET") && !operation.path().equals(Paths.BURN))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("own")
    void rejects_an_unknown_parameter_and_lists_the_described_ones(ApiDescription.Operation operation)
            throws Exception {
        HttpResponse<String> answer = send(operation, "?" + UNLIKE_ANY + "=1", null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("unknown parameter `" + UNLIKE_ANY + "`");
        assertThat(listed(answer)).isEqualTo(parameters(operation));
    }

    @ParameterizedTest
    @MethodSource("own")
    void rejects_a_repeated_parameter(ApiDescription.Operation operation) throws Exception {
        for (String parameter : parameters(operation, schema -> !Objects.equals(schema.get("type"), "array"))) {
            HttpResponse<String> answer = send(operation, "?" + parameter + "=1&%" + hex(parameter) + "=1", null);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("the parameter " + parameter + " is given twice");
        }
    }

    @ParameterizedTest
    @MethodSource("ownThatChange")
    void rejects_an_unknown_field_and_lists_the_described_ones(ApiDescription.Operation operation) throws Exception {
        HttpResponse<String> answer = send(operation, "", "{\"" + UNLIKE_ANY + "\":1}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("unknown field `" + UNLIKE_ANY + "`");
        assertThat(listed(answer)).isEqualTo(fields(schema(operation)));
    }

    @ParameterizedTest
    @MethodSource("ownThatChange")
    void rejects_a_repeated_field(ApiDescription.Operation operation) throws Exception {
        HttpResponse<String> answer = send(operation, "", "{\"name\":1,\"name\":1}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("duplicate field `name`");
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/apply, Apply", "/api/v1/import, Import"})
    void rejects_unknown_fields_of_a_token_in_a_list(String path, String schema) throws Exception {
        HttpResponse<String> answer = send("POST", path, "{\"tokens\":[{\"" + UNLIKE_ANY + "\":1}]}");
        Map<String, Object> tokens = ApiDescription.object(ApiDescription.object(DESCRIPTION
                        .resolved(Map.of("$ref", "#/components/schemas/" + schema))
                        .get("properties"))
                .get("tokens"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(listed(answer)).isEqualTo(fields(DESCRIPTION.resolved(tokens.get("items"))));
    }

    @Test
    void rejects_unknown_fields_of_a_former_secret() throws Exception {
        HttpResponse<String> answer = send(
                "POST",
                "/api/v1/import",
                "{\"tokens\":[{\"name\":\"x\",\"hash\":\"" + "a".repeat(128) + "\",\"former_secrets\":[{\"" + UNLIKE_ANY
                        + "\":1}]}]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(listed(answer))
                .isEqualTo(fields(DESCRIPTION.resolved(Map.of("$ref", "#/components/schemas/FormerSecret"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST   | /api/v1/apply                      | {\"tokens\":[],\"dryrun\":true,\"prune\":true} | dry_run",
                "POST   | /api/v1/apply                      | {\"tokens\":[{\"name\":\"kept\",\"expires\":null}]} | expiry",
                "POST   | /api/v1/tokens/kept/rotate         | {\"grase\":\"1h\"} | grace",
                "POST   | /api/v1/tokens                     | {\"name\":\"x\",\"expires\":\"30d\"} | expiry",
                "PATCH  | /api/v1/tokens/kept                | {\"expirySecs\":1} | expiry_secs",
                "POST   | /api/v1/tokens/kept/disable        | {\"reson\":\"x\"} | reason",
                "GET    | /api/v1/ledger?token=kept          | | token_name",
            })
    void rejects_a_misspelt_name_and_suggests_the_right_one(
            String method, String path, @Nullable String body, String meant) throws Exception {
        String before = send("GET", "/api/v1/tokens", null).body();
        HttpResponse<String> answer = send(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("did you mean `" + meant + "`?");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(withoutUse(send("GET", "/api/v1/tokens", null).body())).isEqualTo(withoutUse(before));
    }

    @Test
    void a_dry_run_in_the_query_of_a_deletion_deletes_nothing() throws Exception {
        assertThat(send("DELETE", "/api/v1/tokens/kept?dry_run=true", null).statusCode())
                .isEqualTo(400);
        assertThat(send("DELETE", "/api/v1/tokens/kept", "{\"dry_run\":true}").statusCode())
                .isEqualTo(400);
        assertThat(send("GET", "/api/v1/tokens/kept", null).statusCode()).isEqualTo(200);
    }

    @Test
    void does_not_import_a_disabled_token_as_active() throws Exception {
        String body = "{\"tokens\":[{\"name\":\"x\",\"hash\":\"" + "b".repeat(128) + "\",\"state\":\"disabled\"}]}";
        HttpResponse<String> answer = send("POST", "/api/v1/import", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("requires `disabled_at`");
    }

    @Test
    void does_not_list_parameters_without_a_token() throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(uri("/api/v1/ledger?x=1")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void an_unknown_path_is_404_with_any_query() throws Exception {
        assertThat(send("GET", "/api/v1/nothing?x=1", null).statusCode()).isEqualTo(404);
        assertThat(send("GET", "/api/v1/health?x=1", null).statusCode()).isEqualTo(200);
    }

    @Test
    void accepts_an_empty_query() throws Exception {
        assertThat(send("GET", "/api/v1/tokens?", null).statusCode()).isEqualTo(200);
        assertThat(send("GET", "/api/v1/tokens?&", null).statusCode()).isEqualTo(200);
    }

    private static Set<String> parameters(ApiDescription.Operation operation) {
        return parameters(operation, _ -> true);
    }

    private static Set<String> parameters(ApiDescription.Operation operation, Predicate<Map<String, Object>> schema) {
        return ApiDescription.list(operation.spec().get("parameters")).stream()
                .map(DESCRIPTION::resolved)
                .filter(parameter -> requireNonNull(parameter.get("in")).equals("query"))
                .filter(parameter -> schema.test(DESCRIPTION.resolved(parameter.get("schema"))))
                .map(parameter -> String.valueOf(parameter.get("name")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Object> schema(ApiDescription.Operation operation) {
        Object body = operation.spec().get("requestBody");
        return body == null
                ? Map.of("properties", Map.of(), "additionalProperties", false)
                : DESCRIPTION.resolved(ApiDescription.object(
                                ApiDescription.object(DESCRIPTION.resolved(body).get("content"))
                                        .get("application/json"))
                        .get("schema"));
    }

    private static Set<String> fields(Map<String, Object> schema) {
        assertThat(schema).containsEntry("additionalProperties", false);
        return new TreeSet<>(ApiDescription.object(schema.get("properties")).keySet());
    }

    /** The names that an error message lists. */
    private static Set<String> listed(HttpResponse<String> answer) {
        return NAME.matcher(answer.body())
                .results()
                .map(match -> match.group(1))
                .filter(name -> !name.equals(UNLIKE_ANY))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String withoutUse(String tokens) {
        return Stream.of(tokens.split(",", -1))
                .filter(member -> !member.contains("use"))
                .collect(Collectors.joining(","));
    }

    /** A parameter whose first letter is percent-encoded. */
    private static String hex(String parameter) {
        return Integer.toHexString(parameter.charAt(0)) + parameter.substring(1);
    }

    private static HttpResponse<String> send(ApiDescription.Operation operation, String query, @Nullable String body)
            throws Exception {
        return send(operation.method(), operation.path().replace("{name}", "kept") + query, body);
    }

    private static HttpResponse<String> send(String method, String path, @Nullable String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + operator);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return CLIENT.send(
                request.method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
