package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.table.SystemQuery;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sends requests that are generated from the description, valid and almost valid: every response is one that it
 * describes, and none is a 500.
 */
final class DescribedRequestsTest {
    private static final int EACH = Integer.getInteger("latchkey.described", 150);
    private static final Pattern SECRET = Pattern.compile("\"name\":\"([^\"]*)\",\"token\":\"(apiv3_[^\"]+)\"");
    private static final ApiDescription DESCRIPTION = ApiDescription.read();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static RunningServer server;
    private static String operator;

    private final Random random = new Random(20260102);
    private final List<String> names = new ArrayList<>(List.of("_admin", "nobody", "a/b", "Zoë 🔑", "."));
    private final List<String> secrets = new ArrayList<>(List.of("apiv3_" + "x".repeat(86)));

    @BeforeAll
    static void start() {
        server = new RunningServer();
        operator = server.operator();
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        server.close();
    }

    @Test
    void every_response_is_as_described() throws Exception {
        Set<String> foretold = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < EACH; i++) {
            for (ApiDescription.Operation operation : DESCRIPTION.operations()) {
                HttpRequest request = request(operation);
                HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
                Map<String, Object> answers =
                        ApiDescription.object(operation.spec().get("responses"));
                answers.keySet().stream()
                        .filter(status -> status.startsWith("2"))
                        .forEach(status -> foretold.add(operation + " " + status));
                seen.add(operation + " " + answer.statusCode());
                assertThat(answers).as("%s: %s", request, answer.body()).containsKey("" + answer.statusCode());
                assertThat(answer.statusCode())
                        .as("%s: %s", request, answer.body())
                        .isLessThan(500);
                assertThat(flaw(answers.get("" + answer.statusCode()), answer))
                        .as("%s: %s", request, answer.body())
                        .isEmpty();
                remember(answer.body());
            }
        }
        assertThat(seen).as("successes are among what was tried").containsAll(foretold);
    }

    /** The deviations of a response from the description. */
    private static String flaw(@Nullable Object described, HttpResponse<String> answer) {
        Map<String, Object> response = DESCRIPTION.resolved(described);
        if (!response.containsKey("content")) {
            return answer.body().isEmpty() ? "" : "a body that is not foretold";
        }
        String type = answer.headers().firstValue("Content-Type").orElse("none").split(";", 2)[0];
        Map<String, Object> content = ApiDescription.object(response.get("content"));
        if (!content.containsKey(type)) {
            return type + " is none of " + content.keySet();
        }
        return type.endsWith("json")
                ? DESCRIPTION.flaw(
                        ApiDescription.object(content.get(type)).get("schema"), ApiDescription.json(answer.body()))
                : "";
    }

    private void remember(String body) {
        var issued = SECRET.matcher(body);
        if (issued.find()) {
            if (issued.group(1).equals("_admin")) {
                operator = issued.group(2);
            } else {
                names.add(issued.group(1));
                secrets.add(issued.group(2));
            }
        }
    }

    private HttpRequest request(ApiDescription.Operation operation) {
        List<String> query = new ArrayList<>();
        String path = operation.path();
        HttpRequest.Builder builder = HttpRequest.newBuilder();
        for (Object element : ApiDescription.list(operation.spec().get("parameters"))) {
            Map<String, Object> parameter = DESCRIPTION.resolved(element);
            String name = String.valueOf(parameter.get("name"));
            String value = String.valueOf(value(name, parameter.get("schema")));
            switch (String.valueOf(parameter.get("in"))) {
                case "path" -> path = path.replace("{" + name + "}", encoded(aim(operation, value)));
                case "query" -> {
                    if (Boolean.TRUE.equals(parameter.get("required"))
                            ? random.nextInt(20) > 0
                            : random.nextBoolean()) {
                        query.add(name + "=" + encoded(value));
                    }
                    if (random.nextInt(20) == 0) {
                        query.add(name + "=" + encoded(value));
                    }
                }
                default -> {
                    if (random.nextInt(3) == 0) {
                        builder.header(name, pick("\"1-1\"", "\"0-1\"", "*", "W/\"1-1\"", "x", "\"2-1\", \"3-1\""));
                    }
                }
            }
        }
        String uri =
                "http://127.0.0.1:" + server.port() + path + (query.isEmpty() ? "" : "?" + String.join("&", query));
        credential().ifPresent(text -> builder.header("Authorization", text));
        return builder.uri(URI.create(uri))
                .method(operation.method(), body(operation, builder))
                .build();
    }

    /** Requests use few tokens, so that they affect each other; the operator's secret must not change. */
    private String aim(ApiDescription.Operation operation, String name) {
        boolean act = operation.path().indexOf('/', "/api/v1/tokens/".length()) > 0;
        String recent = act && random.nextInt(8) > 0 ? names.getLast() : name;
        return operation.path().endsWith("/undo") && recent.equals("_admin") ? "nobody" : recent;
    }

    private Optional<String> credential() {
        return switch (random.nextInt(12)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("Bearer " + secret());
            case 2 -> Optional.of("Token " + operator);
            case 3 -> Optional.of("Basic " + Base64.getEncoder().encodeToString(("x:" + operator).getBytes(UTF_8)));
            case 4 -> Optional.of(pick("Bearer", "Bearer  ", "Basic !", "Digest x", "", "Bearer a b"));
            default -> Optional.of("Bearer " + operator);
        };
    }

    private HttpRequest.BodyPublisher body(ApiDescription.Operation operation, HttpRequest.Builder builder) {
        Object described = operation.spec().get("requestBody");
        if (described == null || (random.nextInt(10) == 0)) {
            return HttpRequest.BodyPublishers.noBody();
        }
        Map.Entry<String, Object> content = ApiDescription.object(
                        DESCRIPTION.resolved(described).get("content"))
                .entrySet()
                .iterator()
                .next();
        Object value = value("", ApiDescription.object(content.getValue()).get("schema"));
        String text = content.getKey().endsWith("json") ? json(value) : form(value);
        if (random.nextInt(10) == 0) {
            text = mangled(text);
        }
        builder.header(
                "Content-Type",
                random.nextInt(15) == 0 ? pick("text/plain", "none/x", "application/x+json") : content.getKey());
        if (random.nextInt(20) == 0) {
            builder.header("Content-Encoding", pick("gzip", "identity", "br"));
        }
        return HttpRequest.BodyPublishers.ofString(text, UTF_8);
    }

    /** A value that matches a schema, or sometimes does not. */
    private Object value(String name, @Nullable Object described) {
        Map<String, Object> schema = DESCRIPTION.resolved(described);
        if (random.nextInt(20) == 0) {
            return pickAny("", -1, 0.5, true, Map.of(), List.of("x"), "\u0000", "x".repeat(3000), Long.MAX_VALUE, "%");
        }
        if (schema.containsKey("const")) {
            return requireNonNull(schema.get("const"));
        }
        if (schema.containsKey("enum")) {
            List<Object> all = ApiDescription.list(schema.get("enum"));
            return all.get(random.nextInt(all.size()));
        }
        for (String choice : List.of("anyOf", "oneOf")) {
            if (schema.containsKey(choice)) {
                return value(name, ApiDescription.list(schema.get(choice)).getFirst());
            }
        }
        if (name.equals("q")) {
            return pick(SystemQuery.ALL_TOKENS.sql(), "DROP TABLE x", "SELECT", ";");
        }
        String type = schema.get("type") instanceof String element
                ? element
                : String.valueOf(ApiDescription.list(schema.get("type")).getFirst());
        return switch (type) {
            case "object" -> members(schema);
            case "array" -> {
                List<Object> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(name.equals("tokens") ? "token" : name, schema.get("items")));
                }
                yield elements;
            }
            case "integer" -> 1 + random.nextInt(1_000_000);
            default -> text(name, schema);
        };
    }

    private String text(String name, Map<String, Object> schema) {
        if ("date-time".equals(schema.get("format"))) {
            return pick("2999-01-01T00:00:00Z", "1999-01-01T00:00:00Z", "2999-02-30T00:00:00Z");
        }
        return switch (name) {
            case "expired_for" -> pick("90d", "1h", "0", "soon");
            case "grace" -> pick("1h", "1 day", "1h", "30d", "1min", "0", "31d", "soon");
            case "token", "client_secret" -> random.nextInt(10) == 0 ? operator : secret();
            case "name", "token_name" ->
                random.nextBoolean() ? "n" + random.nextInt(1_000_000) : names.get(random.nextInt(names.size()));
            default -> "text " + random.nextInt(100);
        };
    }

    private Map<String, Object> members(Map<String, Object> schema) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!schema.containsKey("properties")) {
            members.put("any-" + random.nextInt(10), value("any", schema.get("additionalProperties")));
            return members;
        }
        ApiDescription.object(schema.get("properties")).forEach((name, property) -> {
            boolean wanted = ApiDescription.list(schema.get("required")).contains(name) || name.equals("grace");
            if (wanted ? random.nextInt(30) > 0 : random.nextInt(3) == 0) {
                members.put(name, value(name, property));
            }
        });
        return members;
    }

    private String mangled(String text) {
        int at = random.nextInt(text.length() + 1);
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + "\"" + text.substring(at);
            default -> "[" + text + "]";
        };
    }

    private static String json(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text ->
                "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u0000", "\\u0000") + "\"";
            case List<?> elements ->
                elements.stream().map(element -> json(element)).collect(Collectors.joining(",", "[", "]"));
            case Map<?, ?> members ->
                members.entrySet().stream()
                        .map(member -> json(member.getKey()) + ":" + json(member.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            default -> value.toString();
        };
    }

    private static String form(Object value) {
        return value instanceof Map<?, ?> members
                ? members.entrySet().stream()
                        .map(member -> member.getKey() + "=" + encoded(String.valueOf(member.getValue())))
                        .collect(Collectors.joining("&"))
                : String.valueOf(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private String secret() {
        return secrets.get(random.nextInt(secrets.size()));
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private Object pickAny(Object... values) {
        return values[random.nextInt(values.length)];
    }
}
