package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.cli.ChildProcess.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** InfluxDB's own programs, as published, find what they look for. */
class InfluxClientsIT {
    private static final String VERSION = "3.10.0\n";
    private static final Pattern SECRET = Pattern.compile("Token: (apiv3_[A-Za-z0-9_-]{86})\n");
    private static final Pattern NAME = Pattern.compile("\"name\": \"([^\"]*)\"");

    @TempDir
    Path home;

    private String operator = "";
    private Server server;

    @BeforeEach
    void serve() throws Exception {
        var latchkey = new ChildProcess(home);
        operator = latchkey.run("create", "token", "--admin", "--format", "token")
                .out()
                .strip();
        server = latchkey.serve();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @EnabledIf("io.latchkey.cli.InfluxClients#haveNode")
    void the_mcp_server_creates_lists_filters_and_deletes_tokens() throws Exception {
        try (var mcp = new McpServer(InfluxClients.packages(), server.address(), operator);
                var wire = new HttpProbe(server.address())) {
            assertThat(mcp.call("health_check", "{}"))
                    .contains("HEALTHY", "\"status\": \"pass\"", "\"version\": \"3.10.0\"", "\"build\": \"Core\"");

            String runner = secret(mcp.call("create_admin_token", "{\"name\":\"ci-runner\"}"));
            assertThat(wire.knock(runner)).isEqualTo(200);
            assertThat(mcp.call("create_admin_token", "{\"name\":\"ci-runner\"}"))
                    .isEqualTo("Error: Failed to create admin token: token name already exists, ci-runner"
                            + " (Status: 409)");
            secret(mcp.call("create_admin_token", "{\"name\":\"Backup\"}"));
            assertThat(wire.knock(secret(mcp.call("create_admin_token", "{}")))).isEqualTo(200);

            assertThat(names(mcp.call("list_admin_tokens", "{}")))
                    .hasSize(4)
                    .startsWith("_admin", "ci-runner", "Backup")
                    .last()
                    .asString()
                    .startsWith("admin-");
            assertThat(names(mcp.call("list_admin_tokens", "{\"tokenName\":\"run\"}")))
                    .containsExactly("ci-runner");
            assertThat(names(mcp.call("list_admin_tokens", "{\"tokenName\":\"nobody\"}")))
                    .isEmpty();
            // It puts names into SQL as they are.
            assertThat(mcp.call("list_admin_tokens", "{\"tokenName\":\"o'brien\"}"))
                    .isEqualTo("Error: Failed to list admin tokens: a quotation is not closed: add a closing '");
            assertThat(names(mcp.call(
                            "list_resource_tokens",
                            "{\"databaseName\":\"any\",\"orderBy\":\"created_at\",\"orderDirection\":\"DESC\"}")))
                    .isEmpty();
            assertThat(mcp.call(
                            "create_resource_token",
                            "{\"description\":\"reader\",\"databases\":[\"any\"],\"actions\":[\"read\"]}"))
                    .isEqualTo("Error: Failed to create resource token: Not found (Status: 404)");

            assertThat(mcp.call("delete_token", "{\"token_name\":\"ci-runner\"}"))
                    .isEqualTo("Token 'ci-runner' deleted successfully.");
            assertThat(wire.knock(runner)).isEqualTo(401);
            assertThat(mcp.call("delete_token", "{\"token_name\":\"ci-runner\"}"))
                    .isEqualTo("Error: Failed to delete token: the requested resource was not found: ci-runner"
                            + " (Status: 404)");
            assertThat(mcp.call("delete_token", "{\"token_name\":\"_admin\"}"))
                    .isEqualTo("Error: Failed to delete token: cannot delete operator token (Status: 405)");
        }
    }

    @Test
    @EnabledIf("io.latchkey.cli.InfluxClients#haveNode")
    void the_mcp_server_creates_lists_filters_and_deletes_resource_tokens_of_enterprise() throws Exception {
        try (var mcp = new McpServer(InfluxClients.packages(), server.address(), operator, "enterprise");
                var wire = new HttpProbe(server.address())) {
            secret(mcp.call("create_admin_token", "{\"name\":\"boss\"}"));
            String reader = secret(mcp.call(
                    "create_resource_token",
                    "{\"description\":\"reader\",\"databases\":[\"metrics\",\"logs\"],\"actions\":[\"read\"]}"));
            String writer = secret(mcp.call(
                    "create_resource_token",
                    "{\"description\":\"My App Token\",\"databases\":[\"app\"],\"actions\":[\"read\",\"write\"],"
                            + "\"expiry_secs\":3600}"));
            assertThat(wire.verify(reader, "db:metrics:read")).isEqualTo(204);
            assertThat(wire.verify(reader, "db:metrics:write")).isEqualTo(403);
            assertThat(wire.verify(writer, "db:app:write")).isEqualTo(204);
            assertThat(mcp.call(
                            "create_resource_token",
                            "{\"description\":\"reader\",\"databases\":[\"a\"],\"actions\":[\"read\"]}"))
                    .isEqualTo("Error: Failed to create resource token: token name already exists, reader"
                            + " (Status: 409)");

            assertThat(names(mcp.call("list_resource_tokens", "{}"))).containsExactly("reader", "My App Token");
            assertThat(mcp.call("list_resource_tokens", "{\"databaseName\":\"app\"}"))
                    .contains("\"permissions\": \"db:app:read,write\"", "\"expiry\": ")
                    .doesNotContain("reader");
            assertThat(names(mcp.call(
                            "list_resource_tokens",
                            "{\"tokenName\":\"read\",\"orderBy\":\"created_at\",\"orderDirection\":\"DESC\"}")))
                    .containsExactly("reader");
            assertThat(names(mcp.call("list_admin_tokens", "{}"))).containsExactly("_admin", "boss");

            assertThat(mcp.call("delete_token", "{\"token_name\":\"reader\"}"))
                    .isEqualTo("Token 'reader' deleted successfully.");
            assertThat(wire.knock(reader)).isEqualTo(401);
        }
    }

    @Test
    @EnabledIf("io.latchkey.cli.InfluxClients#haveNode")
    void the_mcp_server_with_a_resource_token_does_what_its_permissions_allow() throws Exception {
        String keeper;
        try (var mcp = new McpServer(InfluxClients.packages(), server.address(), operator, "enterprise");
                var wire = new HttpProbe(server.address())) {
            keeper = HttpProbe.secret(wire.send(
                    "POST",
                    "/api/v3/enterprise/configure/token",
                    operator,
                    "{\"token_name\":\"keeper\",\"permissions\":[{\"resource_type\":\"tokens\",\"resource_names\":[\"ci-*\"],"
                            + "\"actions\":[\"read\",\"create\",\"delete\"]},"
                            + "{\"resource_type\":\"db\",\"resource_names\":[\"a\"],\"actions\":[\"read\"]}]}"));
            secret(mcp.call(
                    "create_resource_token",
                    "{\"description\":\"other\",\"databases\":[\"a\"],\"actions\":[\"read\"]}"));
        }
        try (var mcp = new McpServer(InfluxClients.packages(), server.address(), keeper, "enterprise")) {
            secret(mcp.call(
                    "create_resource_token",
                    "{\"description\":\"ci-1\",\"databases\":[\"a\"],\"actions\":[\"read\"]}"));
            assertThat(mcp.call(
                            "create_resource_token",
                            "{\"description\":\"ci-2\",\"databases\":[\"a\"],\"actions\":[\"write\"]}"))
                    .startsWith("Error: Failed to create resource token: ")
                    .endsWith("(Status: 403)");
            assertThat(mcp.call("create_admin_token", "{\"name\":\"ci-admin\"}"))
                    .startsWith("Error: ")
                    .endsWith("(Status: 403)");
            assertThat(names(mcp.call("list_resource_tokens", "{}"))).containsExactly("ci-1");
            assertThat(names(mcp.call("list_admin_tokens", "{}"))).isEmpty();
            assertThat(mcp.call("delete_token", "{\"token_name\":\"other\"}")).endsWith("(Status: 403)");
            assertThat(mcp.call("delete_token", "{\"token_name\":\"ci-1\"}"))
                    .isEqualTo("Token 'ci-1' deleted successfully.");
        }
    }

    @Test
    @EnabledIf("io.latchkey.cli.InfluxClients#haveNode")
    void the_mcp_server_regenerates_the_operator_token() throws Exception {
        try (var mcp = new McpServer(InfluxClients.packages(), server.address(), operator);
                var wire = new HttpProbe(server.address())) {
            String next = secret(mcp.call("regenerate_operator_token", "{}"));
            assertThat(wire.knock(operator)).isEqualTo(401);
            assertThat(wire.knock(next)).isEqualTo(200);
            assertThat(mcp.call("list_admin_tokens", "{}")).startsWith("Error: Failed to list admin tokens: ");
        }
    }

    @Test
    @EnabledIf("io.latchkey.cli.InfluxClients#haveNode")
    void the_javascript_client_reads_the_version_with_a_token() throws Exception {
        assertThat(InfluxClients.versionByJavaScript(server.address(), operator))
                .isEqualTo(VERSION);
        assertThatThrownBy(() -> InfluxClients.versionByJavaScript(server.address(), "apiv3_unknown"))
                .hasMessageContaining("the request was not authenticated");
    }

    @Test
    void the_java_client_reads_the_version_with_a_token() throws Exception {
        assertThat(InfluxClients.versionByJava(server.address(), operator)).endsWith(VERSION);
        assertThatThrownBy(() -> InfluxClients.versionByJava(server.address(), "apiv3_unknown"))
                .hasMessageContaining("HTTP status code: 401; Message: the request was not authenticated");
    }

    private static String secret(String answer) {
        Matcher secret = SECRET.matcher(answer);
        assertThat(secret.find()).as(answer).isTrue();
        return secret.group(1);
    }

    private static List<String> names(String answer) {
        assertThat(answer).contains("retrieved successfully");
        return NAME.matcher(answer)
                .results()
                .map((MatchResult name) -> name.group(1))
                .toList();
    }
}
