package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.latchkey.application.ManualClock;
import io.latchkey.cli.command.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

/** Every remote command of the built image, refused in every way that a server has: always a sentence, never a bug. */
class RemoteRefusalsIT {
    @TempDir
    private static Path folder;

    private static BuiltImage image;
    private static ChildProcess.Server server;

    @BeforeAll
    static void serve() throws Exception {
        image = new BuiltImage(folder);
        String operator =
                image.run("create", "token", "--admin", "--format", "token").out();
        Files.writeString(folder.resolve("operator"), operator);
        Files.writeString(folder.resolve("wrong"), "apiv3_wrong\n");
        for (String name : List.of("ci", "web")) {
            image.run("create", "token", "--admin", "--name", name);
        }
        Files.writeString(folder.resolve("tokens.yaml"), "tokens: [{name: new, secret_file: new.token}]\n");
        Files.writeString(
                folder.resolve("forbidden.yaml"),
                "tokens: [{name: new, expiry: 2060-01-01T00:00:00Z, secret_file: t}]\n");
        image.run("export", "tokens", "--output", "tokens.jsonl");
        server = image.serve("--max-expiry", "30d", "--max-http-request-size", "2000");
        Files.writeString(folder.resolve("large.yaml"), "tokens:\n" + largeFile());
    }

    private static String largeFile() {
        StringBuilder tokens = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            tokens.append("  - {name: t%d, hash: %0128d}\n".formatted(i, i + 1));
        }
        return tokens.toString();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    /** One line for each command with --host, which is put behind it. */
    static Stream<String> commands() {
        return Stream.of(
                "create token --admin",
                "create token --admin --name new",
                "create token --admin --name new --expiry 1d --description x",
                "create token --admin --regenerate --yes",
                "create token --permission service:web:read --name new",
                "show tokens",
                "show tokens --format json",
                "show token ci",
                "show token ci --format json",
                "show ledger",
                "show nodes",
                "update token --token-name ci --description x",
                "rotate token --token-name ci --grace 1h",
                "rotate token --token-name ci --finish",
                "rotate token --token-name ci --undo",
                "disable token --token-name ci",
                "enable token --token-name ci",
                "delete token --token-name ci --yes",
                "delete token --token-name ci --dry-run",
                "purge tokens --expired-for 1d --yes",
                "check tokens --expiring-within 14d",
                "query SELECT",
                "scan operator",
                "scan operator --burn --yes",
                "apply --file tokens.yaml",
                "backup --output copy.db",
                "export tokens",
                "import tokens --from tokens.jsonl",
                "why --token-name ci --permission service:web:read",
                "console",
                "doctor");
    }

    @Test
    void no_remote_command_is_left_out() {
        Set<String> remote = new HashSet<>();
        addRemote(new RootCommand(new FakeAuthorities(new ManualClock())).spec(), "", remote);
        assertThat(remote)
                .isNotEmpty()
                .allSatisfy(command -> assertThat(commands()).anyMatch(line -> (line + " ").startsWith(command + " ")));
    }

    private static void addRemote(CommandSpec spec, String before, Set<String> remote) {
        spec.subcommands().forEach((name, command) -> addRemote(command.getCommandSpec(), before + " " + name, remote));
        if (spec.findOption("--host") != null) {
            remote.add(before.strip());
        }
    }

    private static ChildProcess.Result run(String address, String token, String line) throws Exception {
        List<String> words = Stream.concat(
                        Stream.of(line.split(" ")), Stream.of("--host", address, "--token", "@" + token))
                .toList();
        return image.run(words.toArray(String[]::new));
    }

    private static void assertTold(ChildProcess.Result result, String sentence) {
        assertThat(result.out() + result.err())
                .contains(sentence)
                .doesNotContain("internal error", "NoClassDefFoundError", "Exception");
        assertThat(result.code()).isIn(ExitCode.FAILED, ExitCode.FINDINGS);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_wrong_token_is_told(String line) throws Exception {
        // Burning needs no token but the one that was found.
        String sentence = line.equals("scan operator --burn --yes") ? "" : "the request was not authenticated";
        if (!sentence.isEmpty() && !line.equals("create token --admin")) {
            assertTold(run(server.address().toString(), "wrong", line), sentence);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                create token --admin                                          | token name already exists, _admin
                create token --admin --name ci --expiry 1d                    | token name already exists, ci
                create token --admin --name long --expiry 90d                 | expiry must be at most
                create token --admin --name long                              | tokens must have an expiry on this instance
                update token --token-name nope --description x                | the requested resource was not found: nope
                update token --token-name ci --name web                       | token name already exists, web
                update token --token-name ci --expiry 90d                     | expiry must be at most
                update token --token-name _admin --description x              | cannot edit operator token
                rotate token --token-name nope --grace 1h                     | the requested resource was not found: nope
                rotate token --token-name ci --finish                         | no rotation is under way
                rotate token --token-name ci --undo                           | no rotation is under way
                disable token --token-name nope                               | the requested resource was not found: nope
                disable token --token-name _admin                             | cannot disable operator token
                enable token --token-name nope                                | the requested resource was not found: nope
                enable token --token-name ci                                  | token is not disabled: ci
                delete token --token-name nope --yes                          | the requested resource was not found: nope
                delete token --token-name _admin --yes                        | is required and cannot be deleted
                delete token --token-name nope --dry-run                      | the requested resource was not found: nope
                query --database other SELECT                                 | database not found: other
                query SELECT                                                  | Query command failed:
                apply --file forbidden.yaml                                   | expiry must be at most
                apply --file large.yaml                                       | the request is too large
                """)
    void what_the_authority_refuses_is_told_in_its_words(String line, String sentence) throws Exception {
        assertTold(run(server.address().toString(), "operator", line), sentence);
    }

    /** A server that answers all with one status, type and body, as proxies and strangers do. */
    private static HttpServer answering(int status, String type, String body) throws IOException {
        HttpServer stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", type);
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, exchange.getRequestMethod().equals("HEAD") ? -1 : bytes.length);
            if (!exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        stranger.start();
        return stranger;
    }

    private static void assertToldOfAnswer(String line, int status, String type, String body, String sentence)
            throws Exception {
        HttpServer stranger = answering(status, type, body);
        try {
            assertTold(run("http://127.0.0.1:" + stranger.getAddress().getPort(), "wrong", line), sentence);
        } finally {
            stranger.stop(0);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_server_that_is_not_there_is_told_with_what_to_look_at(String line) throws Exception {
        assertTold(
                run("http://127.0.0.1:1", "wrong", line),
                "cannot reach http://127.0.0.1:1: connection refused; check that the server is running and that this is its port");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_proxy_without_its_server_is_told(String line) throws Exception {
        assertToldOfAnswer(line, 503, "text/html", "<h1>Busy</h1>", "503");
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/html, <h1>Welcome</h1>, the response is not that of a token authority",
        "302, text/html, Elsewhere, it redirects to another address",
        "403, application/problem+json, '{\"type\":\"urn:latchkey:forbidden\",\"detail\":\"x\"}', [403 Forbidden]: x",
        "403, text/html, <h1>No</h1>, an unexpected status",
        "404, text/html, <h1>Nowhere</h1>, it has no such endpoint",
        "405, text/plain, 'endpoint disabled, started without auth', without auth",
        "409, application/problem+json, '{\"type\":\"urn:latchkey:no-such-kind\"}', answered 409",
        "409, application/problem+json, '{\"type\":\"urn:latchkey:secret-taken\"}', already has this secret",
        "412, application/problem+json, '{\"type\":\"urn:latchkey:stale\"}', was changed since it was read",
        "413, application/problem+json, '{\"type\":\"urn:latchkey:too-large\"}', the request is too large",
        "429, text/plain, Slowly, answered 429",
        "500, application/problem+json, '{\"type\":\"urn:latchkey:ledger-broken\"}', the ledger is broken",
        "500, application/problem+json, {, answered 500",
        "503, application/problem+json, '{\"type\":\"urn:latchkey:unavailable\"}', it is unavailable",
    })
    void every_answer_is_told(int status, String type, String body, String sentence) throws Exception {
        assertToldOfAnswer("update token --token-name ci --description x", status, type, body, sentence);
    }
}
