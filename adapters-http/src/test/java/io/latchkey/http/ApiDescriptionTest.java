package io.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.http.wire.Paths;
import io.micronaut.web.router.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description of the API matches the routes and is public. */
final class ApiDescriptionTest {
    private static final ApiDescription DESCRIPTION = ApiDescription.read();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = new RunningServer();
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        server.close();
    }

    @Test
    void describes_every_route_and_no_other() {
        Set<String> routes = server.bean(Router.class)
                .uriRoutes()
                .filter(route -> !route.getHttpMethodName().equals("HEAD"))
                .map(route -> route.getHttpMethodName() + " "
                        + route.getUriMatchTemplate().toString().replace("{+", "{"))
                .filter(route -> !route.startsWith("GET " + Paths.DOCS))
                .filter(route -> !route.startsWith("GET " + Paths.OAUTH_METADATA + "/")) // the same as without a path
                .filter(route -> !route.contains(" " + Paths.CONSOLE)) // pages for people
                .collect(Collectors.toCollection(TreeSet::new));
        routes.addAll(Set.of("GET " + Paths.VERIFY, "GET " + Paths.VERIFY_REQUEST)); // not routes of Micronaut
        Set<String> described = new TreeSet<>();
        DESCRIPTION.operations().forEach(operation -> described.add(operation.toString()));
        assertThat(described).isEqualTo(routes);
    }

    @Test
    void every_operation_has_a_unique_id() {
        assertThat(DESCRIPTION.operations().stream()
                        .map(operation -> operation.spec().get("operationId")))
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "/openapi.yml, application/yaml, openapi: 3.1.0",
        "/docs, text/html, docs/docs.js",
        "/docs/docs.js, text/javascript, openapi.yml",
        "/docs/swagger-ui-bundle.js, text/javascript, SwaggerUIBundle",
        "/docs/swagger-ui.css, text/css, swagger-ui",
    })
    void is_public(String path, String type, String content) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.body()).contains(content);
    }

    @Test
    void the_page_makes_no_requests_to_other_hosts() throws Exception {
        HttpResponse<String> page = get("/docs");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'")
                .doesNotContain("http", "unsafe", "*");
        assertThat(page.body()).doesNotContain("//");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
