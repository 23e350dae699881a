package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.table.SystemQuery;
import io.latchkey.domain.TokenSecret;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every operation of the description, asked for by resource tokens: without a permission, with exactly the one that the
 * description names, and with that for other names. No answer holds a digest, the name of an admin token, or anything of a token
 * outside the names of the caller.
 */
final class LeastPrivilegeTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern SCOPE = Pattern.compile("error=\"insufficient_scope\", scope=\"([^\"]+)\"");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String HASH =
            TokenSecret.presented("apiv3_elsewhere").digest().hex();

    /**
     * A request for an operation.
     *
     * @param query begins with a question mark, or is empty
     * @param body empty for none
     * @param allowed the status for a token with the permission
     */
    private record Sample(String query, String body, int allowed) {}

    private static final Map<String, Sample> SAMPLES = Map.ofEntries(
            Map.entry("whoAmI", new Sample("", "", 200)),
            Map.entry("listTokens", new Sample("", "", 200)),
            Map.entry("createToken", new Sample("", "{\"name\":\"{name}\",\"permissions\":[]}", 201)),
            Map.entry("findToken", new Sample("", "", 200)),
            Map.entry("tokenUses", new Sample("", "", 200)),
            Map.entry("editToken", new Sample("", "{\"description\":\"edited\"}", 200)),
            Map.entry("revokeToken", new Sample("", "", 204)),
            Map.entry("rotateToken", new Sample("", "", 200)),
            Map.entry("finishRotation", new Sample("", "", 200)),
            Map.entry("undoRotation", new Sample("", "", 200)),
            Map.entry("disableToken", new Sample("", "", 200)),
            Map.entry("enableToken", new Sample("", "", 200)),
            Map.entry("listNodes", new Sample("", "", 200)),
            Map.entry("readLedger", new Sample("?limit=1000", "", 200)),
            Map.entry("backUp", new Sample("", "", 200)),
            Map.entry("purgeTokens", new Sample("", "{\"expired_for\":\"0\"}", 200)),
            Map.entry(
                    "applyTokens",
                    new Sample("", "{\"tokens\":[{\"name\":\"{name}\",\"permissions\":[],\"hash\":\"{hash}\"}]}", 200)),
            Map.entry(
                    "importTokens",
                    new Sample("", "{\"tokens\":[{\"name\":\"{name}\",\"permissions\":[],\"hash\":\"{hash}\"}]}", 200)),
            Map.entry("verify", new Sample("", "", 204)),
            Map.entry("verifyRequest", new Sample("", "", 204)),
            Map.entry("verifyMany", new Sample("", "{\"tokens\":[\"{secret}\"]}", 200)),
            Map.entry("burn", new Sample("", "", 204)),
            Map.entry("createConsoleLink", new Sample("", "", 201)),
            Map.entry("introspect", new Sample("", "token={secret}", 200)),
            Map.entry("revoke", new Sample("", "token={secret}", 200)),
            Map.entry("oauthMetadata", new Sample("", "", 200)),
            Map.entry("influxDeleteToken", new Sample("?token_name={name}", "", 200)),
            Map.entry("influxCreateOperator", new Sample("", "{\"token_name\":\"{name}\"}", 201)),
            Map.entry("influxRegenerateOperator", new Sample("", "", 201)),
            Map.entry("influxCreateToken", new Sample("", "{\"token_name\":\"{name}\"}", 201)),
            Map.entry(
                    "influxCreateResourceToken", new Sample("", "{\"token_name\":\"{name}\",\"permissions\":[]}", 201)),
            Map.entry("influxQueryByUrl", new Sample("?db=_internal&q={sql}&format=json", "", 200)),
            Map.entry(
                    "influxQuery",
                    new Sample(
                            "",
                            "{\"db\":\"_internal\",\"q\":\"" + SystemQuery.ALL_TOKENS.sql() + "\",\"format\":\"csv\"}",
                            200)),
            Map.entry("health", new Sample("", "", 200)),
            Map.entry("influxHealth", new Sample("", "", 200)),
            Map.entry("ping", new Sample("", "", 200)),
            Map.entry("pingByPost", new Sample("", "", 200)),
            Map.entry("metrics", new Sample("", "", 200)),
            Map.entry("live", new Sample("", "", 200)),
            Map.entry("ready", new Sample("", "", 200)),
            Map.entry("welcome", new Sample("", "", 200)),
            Map.entry("openapi", new Sample("", "", 200)));

    /** Operations that make a token of a name, which must be free. */
    private static final Set<String> CREATING =
            Set.of("createToken", "applyTokens", "importTokens", "influxCreateResourceToken");

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = new RunningServer(Map.of(
                "latchkey.server.public-url", "https://tokens.example", "latchkey.server.metrics-token-names", true));
        server.operator();
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        server.close();
    }

    private static Stream<ApiDescription.Operation> operations() {
        return ApiDescription.read().operations().stream();
    }

    /** Those that need a permission which a resource token can have. */
    private static Stream<ApiDescription.Operation> guarded() {
        return operations().filter(operation -> !permission(operation).equals("none") && !isAdmins(operation));
    }

    private static Stream<ApiDescription.Operation> named() {
        return guarded()
                .filter(operation -> permission(operation).startsWith("tokens:"))
                .filter(operation -> sample(operation).body().contains("{name}")
                        || sample(operation).query().contains("{name}")
                        || operation.path().contains("{name}"));
    }

    private static boolean isAdmins(ApiDescription.Operation operation) {
        return permission(operation).equals("*:*:*");
    }

    private static String id(ApiDescription.Operation operation) {
        return String.valueOf(operation.spec().get("operationId"));
    }

    private static String permission(ApiDescription.Operation operation) {
        return String.valueOf(operation.spec().get("x-permission"));
    }

    private static Sample sample(ApiDescription.Operation operation) {
        return requireNonNull(SAMPLES.get(id(operation)), () -> "a sample of " + id(operation));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void the_description_says_which_permission_is_needed(ApiDescription.Operation operation) {
        String permission = permission(operation);
        assertThat(permission).matches("none|\\*:\\*:\\*|[a-z]+:(NAME|\\*|[a-z]+):[a-z]+");
        String words = String.valueOf(operation.spec().get("description"));
        if (isAdmins(operation)) {
            assertThat(words).contains("an admin token");
        } else if (!permission.equals("none")) {
            assertThat(words).contains("`" + permission + "`");
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void without_a_permission_it_is_refused_and_names_the_permission(ApiDescription.Operation operation)
            throws Exception {
        var people = new MixedTokens(server, id(operation));
        HttpResponse<String> answer = send(operation, people, people.target(), people.caller());
        if (permission(operation).equals("none")) {
            assertThat(answer.statusCode()).isEqualTo(sample(operation).allowed());
        } else if (isAdmins(operation)) {
            assertThat(answer.statusCode()).isEqualTo(403);
        } else {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
            String missing = missing(answer);
            assertThat(missing)
                    .isIn(
                            permission(operation).replace("NAME", people.target()),
                            permission(operation).replace("NAME", "*"));
            if (answer.headers().firstValue("Content-Type").orElseThrow().startsWith("application/problem")) {
                assertThat(answer.body()).contains("\"permission\":\"" + missing + "\"", "permission " + missing);
            }
        }
        people.assertHolds(answer, request(operation, people, people.target()), Set.of());
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void exactly_the_permission_of_the_description_is_enough(ApiDescription.Operation operation) throws Exception {
        var people = new MixedTokens(server, id(operation));
        String target = CREATING.contains(id(operation)) ? people.free() : people.target();
        HttpResponse<String> answer = send(
                operation, people, target, people.caller(permission(operation).replace("NAME", people.prefix() + "*")));
        assertThat(answer.statusCode())
                .as(answer.body())
                .isEqualTo(sample(operation).allowed());
        people.assertHolds(answer, request(operation, people, target), Set.of(people.prefix()));
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void the_permission_for_other_names_is_not_enough(ApiDescription.Operation operation) throws Exception {
        var people = new MixedTokens(server, id(operation));
        String others = permission(operation).startsWith("system:")
                ? permission(operation).contains("ping") ? "system:health:read" : "system:ping:read"
                : permission(operation).replace("NAME", people.outside() + "*").replace(":*:", ":other:");
        HttpResponse<String> answer = send(operation, people, people.target(), people.caller(others));
        boolean lists = Set.of("listTokens", "readLedger", "purgeTokens", "influxQuery", "influxQueryByUrl")
                .contains(id(operation));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(lists ? 200 : 403);
        people.assertHolds(answer, request(operation, people, people.target()), Set.of(people.outside()));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_permission_there_is_does_not_make_an_admin(ApiDescription.Operation operation) throws Exception {
        var people = new MixedTokens(server, id(operation));
        String target = CREATING.contains(id(operation)) || isAdmins(operation) ? people.free() : people.target();
        HttpResponse<String> answer = send(operation, people, target, people.caller(MixedTokens.ALL));
        assertThat(answer.statusCode())
                .as(answer.body())
                .isEqualTo(isAdmins(operation) ? 403 : sample(operation).allowed());
        people.assertHolds(answer, request(operation, people, target), Set.of("t", "s", "n"));
    }

    @ParameterizedTest
    @MethodSource("named")
    void names_that_do_not_match_are_refused_whether_or_not_the_token_exists(ApiDescription.Operation operation)
            throws Exception {
        var people = new MixedTokens(server, id(operation));
        String caller = people.caller(permission(operation).replace("NAME", people.prefix() + "*"));
        HttpResponse<String> present = send(operation, people, people.stranger(), caller);
        HttpResponse<String> absent = send(operation, people, people.outside() + "absent00", caller);
        assertThat(present.statusCode()).as(present.body()).isEqualTo(403);
        assertThat(seen(present, people.stranger())).isEqualTo(seen(absent, people.outside() + "absent00"));
    }

    @ParameterizedTest
    @MethodSource("named")
    void admin_tokens_do_not_exist(ApiDescription.Operation operation) throws Exception {
        var people = new MixedTokens(server, id(operation));
        String caller = people.caller(permission(operation).replace("NAME", people.prefix() + "*"));
        HttpResponse<String> admin = send(operation, people, people.admin(), caller);
        if (CREATING.contains(id(operation))) {
            assertThat(admin.statusCode()).as("names are unique").isEqualTo(409);
        } else {
            assertThat(admin.statusCode()).as(admin.body()).isEqualTo(404);
            HttpResponse<String> absent = send(operation, people, people.prefix() + "void", caller);
            assertThat(seen(admin, people.admin())).isEqualTo(seen(absent, people.prefix() + "void"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "json_lines", "csv", "pretty"})
    void no_format_of_the_table_shows_a_digest_or_others(String format) throws Exception {
        var people = new MixedTokens(server, "influxQueryByUrl");
        String query =
                "/api/v3/query_sql?db=_internal&format=" + format + "&q=" + encoded(SystemQuery.ALL_TOKENS.sql());
        HttpResponse<String> answer = get(query, people.caller("tokens:" + people.prefix() + "*:read"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(people.target()).doesNotContain("hash");
        people.assertHolds(answer, query, Set.of(people.prefix()));
    }

    @Test
    void pages_and_filters_show_nothing_of_others() throws Exception {
        var people = new MixedTokens(server, "listTokens");
        String caller = people.caller("tokens:" + people.prefix() + "*:read", "ledger:" + people.prefix() + "*:read");
        for (String path : new String[] {
            "/api/v1/tokens?limit=1000",
            "/api/v1/tokens?limit=1&name=*boss*",
            "/api/v1/tokens?state=expired",
            "/api/v1/ledger?limit=1000",
            "/api/v1/ledger?limit=1000&actor=owner",
            "/api/v1/ledger?limit=1000&token_name=" + people.admin(),
            "/api/v1/ledger?limit=1000&id=0",
        }) {
            HttpResponse<String> answer = get(path, caller);
            assertThat(answer.statusCode()).isEqualTo(200);
            people.assertHolds(answer, path, Set.of(people.prefix()));
        }
    }

    @Test
    void a_plan_shows_nothing_of_others() throws Exception {
        var people = new MixedTokens(server, "applyTokens");
        String caller =
                people.caller("tokens:" + people.prefix() + "*:read,create,update,delete", "tokens:nothing:read");
        for (String name : new String[] {people.target(), people.admin(), people.stranger(), people.free()}) {
            for (String prune : new String[] {"true", "false"}) {
                String body =
                        ("{\"tokens\":[{\"name\":\"%s\",\"permissions\":[],\"description\":\"x\",\"hash\":\"%s\"}],"
                                        + "\"prune\":%s,\"dry_run\":true}")
                                .formatted(name, people.formerHash(), prune);
                HttpResponse<String> answer =
                        CLIENT.send(to("/api/v1/apply", "POST", body, caller), HttpResponse.BodyHandlers.ofString());
                people.assertHolds(answer, body, Set.of(people.prefix()));
            }
        }
    }

    @Test
    void an_import_does_not_say_whether_a_hash_is_that_of_a_token_outside_the_names() throws Exception {
        var people = new MixedTokens(server, "importTokens");
        String caller = people.caller("tokens:" + people.prefix() + "*:create");
        for (String name : new String[] {people.stranger(), people.admin()}) {
            Set<String> answers = new TreeSet<>();
            for (String hash : new String[] {people.hashOf(name), people.formerHash(), HASH}) {
                answers.add(declared("/api/v1/import", name, hash, caller));
            }
            assertThat(answers).as(name).hasSize(1);
        }
    }

    @Test
    void a_declaration_does_not_say_whether_a_hash_is_that_of_a_token_outside_the_names() throws Exception {
        var people = new MixedTokens(server, "applyTokens");
        String caller = people.caller("tokens:" + people.prefix() + "*:create");
        Set<String> answers = new TreeSet<>();
        for (String hash : new String[] {people.hashOf(people.stranger()), people.formerHash(), HASH}) {
            answers.add(declared("/api/v1/apply", people.stranger(), hash, caller));
        }
        assertThat(answers).hasSize(1).first().asString().startsWith("403");
    }

    private static String declared(String path, String name, String hash, String caller) throws Exception {
        String body = "{\"tokens\":[{\"name\":\"%s\",\"permissions\":[],\"hash\":\"%s\"}]}".formatted(name, hash);
        HttpResponse<String> answer = CLIENT.send(to(path, "POST", body, caller), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void a_client_that_may_revoke_nothing_does_not_learn_whether_a_secret_is_live() throws Exception {
        var people = new MixedTokens(server, "revoke");
        String caller = people.caller("tokens:nothing:read");
        Set<String> answers = new TreeSet<>();
        for (String secret : new String[] {people.secret(), people.adminSecret(), "apiv3_unknown"}) {
            HttpResponse<String> answer = CLIENT.send(
                    to("/oauth2/revoke", "POST", "token=" + secret, caller), HttpResponse.BodyHandlers.ofString());
            answers.add(answer.statusCode() + " " + answer.body());
        }
        assertThat(answers).hasSize(1).first().asString().startsWith("403");
    }

    @Test
    void a_client_revokes_its_own_secret_without_a_permission() throws Exception {
        var people = new MixedTokens(server, "revoke");
        String caller = people.caller();
        assertThat(CLIENT.send(
                                to("/oauth2/revoke", "POST", "token=" + caller, caller),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/api/v1/whoami", caller).statusCode()).isEqualTo(401);
    }

    @Test
    void a_client_revokes_neither_an_admin_token_nor_one_outside_its_names() throws Exception {
        var people = new MixedTokens(server, "revoke");
        String caller = people.caller("tokens:" + people.prefix() + "*:delete");
        for (String secret : new String[] {people.adminSecret(), people.strangerSecret()}) {
            HttpResponse<String> answer = CLIENT.send(
                    to("/oauth2/revoke", "POST", "token=" + secret, caller), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(403);
            people.assertHolds(answer, "", Set.of());
            assertThat(get("/api/v1/whoami", secret).statusCode()).isEqualTo(200);
        }
    }

    private static String seen(HttpResponse<String> answer, String name) {
        String headers = answer.headers().map().entrySet().stream()
                .filter(header -> !Set.of("date", "content-length").contains(header.getKey()))
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining("\n"));
        return (answer.statusCode() + "\n" + headers + "\n" + answer.body()).replace(name, "NAME");
    }

    private static String missing(HttpResponse<String> answer) {
        Matcher scope =
                SCOPE.matcher(answer.headers().firstValue("WWW-Authenticate").orElse("none"));
        assertThat(scope.find()).as("%s %s", answer.headers(), answer.body()).isTrue();
        return scope.group(1);
    }

    private static HttpResponse<String> get(String path, String caller) throws Exception {
        return CLIENT.send(to(path, "GET", "", caller), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> send(
            ApiDescription.Operation operation, MixedTokens people, String target, String caller) throws Exception {
        people.stage(target);
        return CLIENT.send(
                to(
                        filled(operation.path() + sample(operation).query(), people, target),
                        operation.method(),
                        filled(sample(operation).body(), people, target),
                        caller),
                HttpResponse.BodyHandlers.ofString());
    }

    /** What the caller sent, and so knows. */
    private static String request(ApiDescription.Operation operation, MixedTokens people, String target) {
        return filled(
                operation.path() + sample(operation).query() + sample(operation).body(), people, target);
    }

    private static String filled(String template, MixedTokens people, String target) {
        return template.replace("{name}", target)
                .replace("{secret}", people.secret())
                .replace("{hash}", people.freshHash())
                .replace("{sql}", encoded(SystemQuery.ALL_TOKENS.sql()));
    }

    private static HttpRequest to(String path, String method, String body, String caller) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + caller);
        if (body.isEmpty()) {
            return request.method(method, HttpRequest.BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", body.startsWith("{") ? "application/json" : FORM)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
