package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.cli.ChildProcess.Result;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File, server and command line together, each a process of its own. */
class EndToEndIT {
    @TempDir
    Path home;

    private ChildProcess latchkey;

    @BeforeEach
    void install() {
        latchkey = new ChildProcess(home);
    }

    @Test
    void a_token_deleted_on_the_file_opens_nothing_at_the_running_server() throws Exception {
        String operator = secret(latchkey.run("create", "token", "--admin", "--format", "token"));
        try (var server = latchkey.serve();
                var wire = new HttpProbe(server.address())) {
            String host = server.address().toString();
            String foo = secret(latchkey.run(
                    "create",
                    "token",
                    "--admin",
                    "--name",
                    "foo",
                    "--format",
                    "token",
                    "--host",
                    host,
                    "--token",
                    operator));
            assertThat(wire.knock(operator)).isEqualTo(200);
            assertThat(wire.knock(foo)).isEqualTo(200);

            Result show = latchkey.run("show", "tokens", "--format", "csv", "--host", host, "--token", foo);
            assertThat(show).isEqualTo(latchkey.run("show", "tokens", "--format", "csv"));
            assertThat(show.out().lines()).hasSize(3);

            assertThat(latchkey.run("delete", "token", "--token-name", "foo", "--yes"))
                    .isEqualTo(new Result(0, "Token \"foo\" deleted successfully\n", ""));
            // The process that deleted it took far longer to end than the server may take to notice.
            assertThat(wire.knock(foo)).isEqualTo(401);
            assertThat(wire.knock(operator)).isEqualTo(200);

            String bar = secret(latchkey.run("create", "token", "--admin", "--name", "bar", "--format", "token"));
            assertThat(wire.knock(bar)).isEqualTo(200);
            Secrets.assertNowhereIn(home, List.of(operator, foo, bar));
        }
    }

    @Test
    void a_server_whose_file_is_moved_away_answers_nobody_until_it_is_back() throws Exception {
        String operator = secret(latchkey.run("create", "token", "--admin", "--format", "token"));
        Path elsewhere = home.resolve("elsewhere.db");
        try (var server = latchkey.serve();
                var wire = new HttpProbe(server.address());
                var impatient = new HttpProbe(server.address(), Duration.ZERO)) {
            assertThat(wire.knock(operator)).isEqualTo(200);
            Files.move(latchkey.file(), elsewhere);
            awaitAnswer(impatient, operator, 503);
            assertThat(impatient.createNamed(operator, "lost").statusCode()).isEqualTo(503);
            assertThat(Transcript.read(home.resolve("server.log")))
                    .contains(latchkey.file() + " is no longer the file that was opened");
            Files.move(elsewhere, latchkey.file());
            awaitAnswer(wire, operator, 200);
            assertThat(wire.createNamed(operator, "kept").statusCode()).isEqualTo(201);
        }
    }

    private static void awaitAnswer(HttpProbe wire, String secret, int status) {
        Eventually.until(() -> {
            try {
                return wire.knock(secret) == status;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void a_token_is_the_same_object_to_a_script_that_asks_the_command_line_and_to_one_that_asks_the_server()
            throws Exception {
        String operator = secret(latchkey.run("create", "token", "--admin", "--format", "token"));
        String ci = secret(
                latchkey.run("create", "token", "--admin", "--name", "ci", "--expiry", "9d", "--format", "token"));
        try (var server = latchkey.serve();
                var wire = new HttpProbe(server.address())) {
            String host = server.address().toString();
            wire.send("POST", "/api/v1/tokens/ci/rotate", operator, "{\"grace\":\"1h\"}");
            assertThat(wire.knock(ci)).isEqualTo(200);
            wire.send("POST", "/api/v1/tokens/ci/disable", operator, "{\"reason\":\"seen \\\"there\\\"\"}");
            String object = wire.send("GET", "/api/v1/tokens/ci", operator, "").body();
            assertThat(object).contains("\"state\":\"disabled\"", "\"last_used_generation\":1,");
            String shown = latchkey.run("show", "token", "ci", "--format", "json", "--host", host, "--token", operator)
                    .out();
            assertThat(shown)
                    .startsWith(object.substring(0, object.length() - 1) + ",\"history\":[{\"revision\":2,")
                    .endsWith("]}\n");
        }
    }

    @Test
    void a_question_in_sql_has_one_answer_here_and_there() throws Exception {
        String operator = secret(latchkey.run("create", "token", "--admin", "--format", "token"));
        try (var server = latchkey.serve()) {
            String host = server.address().toString();
            for (String sql : List.of(
                    "SELECT name FROM system.tokens WHERE name LIKE '\\_%' AND created_at < now() + INTERVAL '1 day'",
                    "SELECT * FROM sqlite_schema", "DELETE FROM system.tokens")) {
                Result here = latchkey.run("query", "--database", "_internal", sql, "--format", "csv");
                Result there = latchkey.run("query", sql, "--format", "csv", "--host", host, "--token", operator);
                // InfluxDB's command line tells that it was the server which refused.
                String quoted = "server responded with error [400 Bad Request]: ";
                assertThat(there.err()).matches(err -> here.code() == 0 || err.contains(quoted));
                assertThat(new Result(there.code(), there.out(), there.err().replace(quoted, "")))
                        .isEqualTo(here);
                assertThat(here)
                        .isEqualTo(
                                here.code() == 0 ? new Result(0, "name\n_admin\n", "") : new Result(1, "", here.err()));
            }
            assertThat(latchkey.run("query", "SELECT * FROM ledger").err())
                    .isEqualTo("Query command failed: Error during planning: table 'public.iox.ledger' not found\n");
        }
    }

    @Test
    void a_server_that_asks_nobody_for_a_token_says_so() throws Exception {
        try (var server = latchkey.serve("--without-auth");
                var wire = new HttpProbe(server.address())) {
            assertThat(wire.createOperator().statusCode()).isEqualTo(405);
        }
        assertThat(Transcript.read(home.resolve("server.log")))
                .contains("WARN")
                .contains(
                        "server started without auth (`--without-auth` switch), all token creation and regeneration of"
                                + " admin token endpoints are disabled");
    }

    @Test
    void ends_with_0_when_told_to_and_leaves_one_file() throws Exception {
        try (var server = latchkey.serve()) {
            server.process().destroy();
            assertThat(server.process().waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(server.process().exitValue()).isZero();
        }
        assertThat(latchkey.folder().toFile().list()).containsExactly("latchkey.db");
    }

    @Test
    void a_command_leaves_one_file() throws Exception {
        latchkey.run("create", "token", "--admin");
        assertThat(latchkey.folder().toFile().list()).containsExactly("latchkey.db");
    }

    @Test
    void a_file_of_variables_in_the_working_directory_decides_nothing() throws Exception {
        latchkey.run("create", "token", "--admin");
        Path here = Files.createDirectory(home.resolve("here"));
        Files.writeString(here.resolve(".env"), """
                LATCHKEY_DB=%s/other.db
                INFLUXDB3_HOST_URL=http://127.0.0.1:1
                INFLUXDB3_AUTH_TOKEN=apiv3_nobody
                """.formatted(here));
        Process show = latchkey.builder("show", "tokens", "--format", "csv")
                .directory(here.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(show.getInputStream().readAllBytes(), UTF_8).lines())
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("token_id,"),
                        operator -> assertThat(operator).startsWith("0,_admin,"));
    }

    @Test
    void takes_the_token_from_a_file_that_an_option_or_a_variable_names() throws Exception {
        Path file = home.resolve("operator.token");
        Files.writeString(
                file,
                latchkey.run("create", "token", "--admin", "--format", "token").out());
        assertThat(latchkey.run("show", "tokens", "--token", "@" + file).code()).isZero();
        var show = latchkey.builder("show", "tokens").redirectOutput(ProcessBuilder.Redirect.DISCARD);
        show.environment().put("LATCHKEY_TOKEN", "@" + file);
        assertThat(show.start().waitFor()).isZero();
        Files.writeString(file, "apiv3_another");
        assertThat(show.start().waitFor()).isEqualTo(1);
    }

    @Test
    void says_in_one_line_why_it_cannot_listen() throws Exception {
        try (var server = latchkey.serve()) {
            String bind = "127.0.0.1:" + server.address().getPort();
            assertThat(latchkey.run("serve", "--http-bind", bind))
                    .isEqualTo(new Result(
                            1,
                            "",
                            "Serve command failed: cannot listen on " + bind + ": another program listens there\n"));
        }
        assertThat(latchkey.run("serve", "--http-bind", "203.0.113.1:8181"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "Serve command failed: cannot listen on 203.0.113.1:8181: this machine has no such address\n"));
        assertThat(latchkey.run("serve", "--http-bind", "nobody.invalid:8181").err())
                .isEqualTo(
                        "Serve command failed: cannot listen on nobody.invalid:8181: this machine has no such address\n");
    }

    @Test
    void says_in_one_line_that_nobody_is_there() throws Exception {
        Result result = latchkey.run("show", "tokens", "--host", "http://127.0.0.1:1", "--token", "any");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).startsWith("Show command failed: ").contains("http://127.0.0.1:1");
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void of_many_that_ask_for_the_same_one_gets_it() throws Exception {
        try (var server = latchkey.serve();
                var wire = new HttpProbe(server.address())) {
            assertThat(HttpProbe.race(32, wire::createOperator)).containsExactlyInAnyOrderElementsOf(oneOf(32));
            String operator =
                    secret(latchkey.run("create", "token", "--admin", "--regenerate", "--yes", "--format", "token"));
            assertThat(HttpProbe.race(64, () -> wire.createNamed(operator, "wanted")))
                    .containsExactlyInAnyOrderElementsOf(oneOf(64));
        }
    }

    @Test
    void logs_objects_if_asked() throws Exception {
        try (var server = latchkey.serve("--log-format", "json");
                var wire = new HttpProbe(server.address())) {
            assertThat(wire.knock("nobody")).isEqualTo(401);
            Path log = home.resolve("server.log");
            Eventually.until(() -> Transcript.read(log).endsWith("}\n"));
            assertThat(Transcript.read(log).lines())
                    .allSatisfy(line ->
                            assertThat(line).startsWith("{").endsWith("}").contains("\"level\":\"INFO\""));
        }
    }

    @Test
    void a_secret_that_cannot_be_shown_is_no_success() throws Exception {
        Process full = latchkey.builder("create", "token", "--admin")
                .redirectOutput(new File("/dev/full"))
                .start();
        String err = new String(full.getErrorStream().readAllBytes(), UTF_8);
        assertThat(full.waitFor()).isEqualTo(1);
        assertThat(err)
                .isEqualTo("The secret of token \"_admin\" could not be printed and is lost. Create another:"
                        + " latchkey create token --admin --regenerate\n"
                        + "cannot write standard output: No space left on device\n");
    }

    @Test
    void a_reader_that_goes_away_is_not_told_so() throws Exception {
        latchkey.run("create", "token", "--admin");
        Process piped = latchkey.builder("show", "tokens").start();
        piped.getInputStream().close();
        assertThat(piped.getErrorStream().readAllBytes()).isEmpty();
        assertThat(piped.waitFor()).isEqualTo(1);
    }

    private static List<Integer> oneOf(int many) {
        List<Integer> statuses = new ArrayList<>(Collections.nCopies(many - 1, 409));
        statuses.add(201);
        return statuses;
    }

    private static String secret(Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return result.out().strip();
    }
}
