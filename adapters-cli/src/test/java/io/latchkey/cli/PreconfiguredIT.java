package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are told of tokens before they begin, each a process of its own. */
class PreconfiguredIT {
    private static final Pattern HASH = Pattern.compile("\"hash\": \"([0-9a-f]{128})\"");
    private static final Pattern TOKEN = Pattern.compile("\"token\": \"([^\"]+)\"");

    @TempDir
    Path home;

    @TempDir
    Path secrets;

    private ChildProcess latchkey;

    @BeforeEach
    void install() {
        latchkey = new ChildProcess(home);
    }

    private String offline(String file, String... more) throws Exception {
        String[] args = {"create", "token", "--admin", "--offline", "--format", "json", "--output-file"};
        List<String> all = new ArrayList<>(List.of(args));
        all.add(secrets.resolve(file).toString());
        all.addAll(List.of(more));
        return latchkey.run(all.toArray(String[]::new)).out();
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(text))
                .group(1);
    }

    @Test
    void the_operator_is_there_from_the_start_and_bootstrap_is_over() throws Exception {
        String secret = first(TOKEN, offline("operator.json"));
        Path file = secrets.resolve("operator.json");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        for (int start = 0; start < 2; start++) {
            try (var server = latchkey.serve("--admin-token-file", file.toString());
                    var wire = new HttpProbe(server.address())) {
                assertThat(wire.knock(secret)).isEqualTo(200);
                assertThat(wire.createOperator().statusCode()).isEqualTo(409);
            }
        }
        var regenerated = latchkey.run("create", "token", "--admin", "--regenerate", "--yes");
        assertThat(regenerated.code()).as(regenerated.err()).isZero();
        try (var server = latchkey.serve("--admin-token-file", file.toString());
                var wire = new HttpProbe(server.address())) {
            assertThat(wire.knock(secret)).isEqualTo(401);
        }
        assertThat(Transcript.read(home.resolve("server.log")).lines().filter(line -> line.contains("dmin token")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains(
                                        "WARN",
                                        "Admin token file has insecure permissions: 644. Consider using chmod 0600."),
                        line -> assertThat(line).contains("INFO", "Admin token '_admin' initialized from file " + file),
                        line -> assertThat(line).contains("WARN", "insecure permissions: 644."),
                        line -> assertThat(line)
                                .contains("INFO", "Admin token '_admin' already exists, skipping initialization"),
                        line -> assertThat(line).contains("WARN", "insecure permissions: 644."),
                        line -> assertThat(line)
                                .contains(
                                        "WARN",
                                        "'_admin' already exists with another secret",
                                        "the stored secret stays valid"));
        Secrets.assertNowhereIn(home, List.of(secret));
    }

    @Test
    void a_hash_is_enough() throws Exception {
        String told = offline("ci.json", "--name", "ci");
        String secret = first(TOKEN, told);
        Files.delete(secrets.resolve("ci.json"));
        try (var server = latchkey.serve("--admin-token-hash", "ci=" + first(HASH, told));
                var wire = new HttpProbe(server.address())) {
            assertThat(wire.knock(secret)).isEqualTo(200);
            assertThat(wire.createOperator().statusCode()).isEqualTo(401);
        }
        Secrets.assertNowhereIn(home, List.of(secret));
    }

    @Test
    void resource_tokens_of_many_commands_at_once_are_all_in_the_file_and_in_force() throws Exception {
        Path file = secrets.resolve("tokens.json");
        int commands = 8;
        List<Callable<String>> all = IntStream.range(0, commands)
                .<Callable<String>>mapToObj(number -> () -> latchkey.run(
                                "create",
                                "token",
                                "--permission",
                                "db:db" + number + ":read",
                                "--name",
                                "n" + number,
                                "--offline",
                                "--create-databases",
                                "db" + number,
                                "--format",
                                "token",
                                "--output-file",
                                file.toString())
                        .out()
                        .strip())
                .toList();
        List<String> made = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<String> one : threads.invokeAll(all)) {
                made.add(one.get());
            }
        }
        assertThat(made).doesNotHaveDuplicates().allMatch(secret -> secret.startsWith("apiv3_"));
        try (var server = latchkey.serve("--permission-tokens-file", file.toString());
                var wire = new HttpProbe(server.address())) {
            for (int number = 0; number < commands; number++) {
                assertThat(wire.verify(made.get(number), "db:db" + number + ":read"))
                        .isEqualTo(204);
                assertThat(wire.verify(made.get(number), "db:db" + number + ":write"))
                        .isEqualTo(403);
            }
        }
        assertThat(Transcript.read(home.resolve("server.log")).lines())
                .filteredOn(line -> line.contains("create_databases in " + file + " is ignored"))
                .hasSize(1);
        assertThat(Transcript.read(home.resolve("server.log")))
                .contains("Resource token 'n0' initialized from file " + file);
        Secrets.assertNowhereIn(home, made);
    }

    @Test
    void a_file_that_tells_of_no_token_keeps_the_server_from_starting() throws Exception {
        Path file = Files.writeString(secrets.resolve("raw.json"), "apiv3_" + "a".repeat(86));
        var result = latchkey.run("serve", "--http-bind", "127.0.0.1:0", "--admin-token-file", file.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines().filter(line -> !line.contains(" WARN ")))
                .singleElement()
                .asString()
                .startsWith("Serve command failed: Token error: Failed to parse admin token file as JSON: not a JSON")
                .doesNotContain("aaa");
        assertThat(latchkey.file()).doesNotExist();
    }
}
