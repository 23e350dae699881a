package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.cli.ChildProcess.Result;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built image on a PostgreSQL database. */
class PostgresIT {
    @TempDir
    Path home;

    private EmbeddedPostgres postgres;
    private ChildProcess latchkey;
    private String url;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
        latchkey = new ChildProcess(home);
        url = "postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    @AfterEach
    void stop() throws Exception {
        postgres.close();
    }

    private Result run(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--db", url));
        return latchkey.run(all.toArray(String[]::new));
    }

    private String out(String... words) throws Exception {
        Result result = run(words);
        assertThat(result.code()).as(result.err()).isZero();
        return result.out();
    }

    @Test
    void every_command_of_a_file_works() throws Exception {
        out("create", "token", "--admin");
        String secret = out("create", "token", "--permission", "web:*:read", "--name", "ci", "--format", "token")
                .strip();
        Path line = Files.writeString(home.resolve("line"), secret + "\n");
        assertThat(out("show", "tokens")).contains("_admin", "ci");
        assertThat(out("show", "token", "ci")).contains("web:*:read");
        out("update", "token", "--token-name", "ci", "--expiry", "30d");
        out("rotate", "token", "--token-name", "ci", "--grace", "1h");
        out("disable", "token", "--token-name", "ci");
        out("enable", "token", "--token-name", "ci");
        assertThat(out("query", "SELECT name FROM system.tokens")).contains("ci");
        assertThat(out("show", "ledger")).contains("rotated", "disabled", "enabled");
        assertThat(out("export", "tokens")).contains("\"name\":\"ci\"");
        assertThat(run("scan", line.toString(), "--burn", "--yes").out()).contains("\"ci\"");
        assertThat(out("verify", "ledger")).contains("Ledger intact");
        Path copy = home.resolve("copy.db");
        out("backup", "--output", copy.toString());
        assertThat(latchkey.run("show", "tokens", "--db", copy.toString()).out())
                .contains("ci");
        out("delete", "token", "--token-name", "ci", "--yes");
        out("restore", "--from", copy.toString(), "--replace", "--yes");
        assertThat(out("show", "tokens")).contains("ci");
    }

    @Test
    void two_servers_answer_a_revocation_when_it_holds_on_both() throws Exception {
        String operator = out("create", "token", "--admin", "--format", "token").strip();
        try (var one = latchkey.serve("--db", url);
                var other = latchkey.serve("--db", url);
                var first = new HttpProbe(one.address());
                var second = new HttpProbe(other.address())) {
            assertThat(out("show", "nodes", "--format", "csv").lines()).hasSize(3);
            for (int round = 0; round < 20; round++) {
                String name = "t" + round;
                String secret = latchkey.run(
                                "create",
                                "token",
                                "--admin",
                                "--name",
                                name,
                                "--format",
                                "token",
                                "--host",
                                one.address().toString(),
                                "--token",
                                operator,
                                "--wait",
                                "nodes")
                        .out()
                        .strip();
                assertThat(first.knock(secret)).isEqualTo(200);
                assertThat(second.knock(secret)).isEqualTo(200);
                Result deleted = latchkey.run(
                        "delete",
                        "token",
                        "--token-name",
                        name,
                        "--yes",
                        "--host",
                        one.address().toString(),
                        "--token",
                        operator);
                assertThat(deleted.code()).as(deleted.err()).isZero();
                assertThat(second.knock(secret)).isEqualTo(401);
                assertThat(first.knock(secret)).isEqualTo(401);
            }
        }
        assertThat(Files.readString(home.resolve("server.log"))).contains("fsync");
    }

    @Test
    void the_driver_is_on_the_class_path_only_where_it_is_asked_for() throws Exception {
        assertThat(started("show", "tokens", "--db", home.resolve("x.db").toString()))
                .contains("sqlite-jdbc")
                .doesNotContain("postgresql-");
        assertThat(started("show", "tokens", "--db", url)).contains("sqlite-jdbc", "postgresql-");
        assertThat(started("show", "tokens", "--db=" + url)).contains("postgresql-");
    }

    /** The command lines that the launcher runs. */
    private String started(String... words) throws Exception {
        ProcessBuilder launcher = latchkey.builder(words);
        launcher.command().addAll(0, List.of("sh", "-x"));
        Process process = launcher.redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }
}
