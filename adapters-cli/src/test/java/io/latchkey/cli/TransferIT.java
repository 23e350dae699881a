package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.cli.command.ExitCode;
import io.latchkey.domain.TokenSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that move while they are in use. */
class TransferIT {
    private static final int MANY = Integer.getInteger("latchkey.many", 100_000);

    @TempDir
    Path home;

    @Test
    void a_backup_under_a_storm_of_writes_restores_to_a_ledger_that_verifies_and_to_working_tokens() throws Exception {
        ChildProcess latchkey = new ChildProcess(home);
        String operator = latchkey.run("create", "token", "--admin", "--format", "token")
                .out()
                .strip();
        Path copy = home.resolve("copy.db");
        List<String> before;
        try (var server = latchkey.serve();
                var wire = new HttpProbe(server.address())) {
            ConcurrentWrites storm = new ConcurrentWrites(wire, operator);
            before = storm.acknowledged();
            ChildProcess.Result backup = latchkey.run("backup", "--output", copy.toString());
            assertThat(backup.err()).isEmpty();
            assertThat(backup.code()).isZero();
            assertThat(latchkey.run("restore", "--from", copy.toString(), "--replace")
                            .code())
                    .isEqualTo(ExitCode.FAILED); // in use
            storm.end();
        }
        ChildProcess.Result restored = latchkey.run("restore", "--from", copy.toString(), "--replace", "--yes");
        assertThat(restored.code()).isZero();
        assertThat(latchkey.run("verify", "ledger").code()).isZero();
        try (var server = latchkey.serve();
                var wire = new HttpProbe(server.address())) {
            for (String secret : before) {
                assertThat(wire.knock(secret)).isEqualTo(200);
            }
        }
    }

    @Test
    void many_tokens_move_in_one_go_and_every_secret_works() throws Exception {
        ChildProcess latchkey = new ChildProcess(home);
        SecureRandom random = new SecureRandom();
        List<TokenSecret> secrets = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            TokenSecret secret = TokenSecret.generate(random);
            secrets.add(secret);
            lines.append("{\"name\":\"t")
                    .append(i)
                    .append("\",\"hash\":\"")
                    .append(secret.digest().hex())
                    .append("\"}\n");
        }
        Path file = home.resolve("many.jsonl");
        Files.writeString(file, lines);
        assertThat(latchkey.run("import", "tokens", "--from", file.toString()).out())
                .isEqualTo(MANY + " tokens imported\n");
        Path exported = home.resolve("exported.jsonl");
        assertThat(latchkey.run("export", "tokens", "--output", exported.toString())
                        .code())
                .isZero();
        Path moved = home.resolve("moved/latchkey.db");
        assertThat(latchkey.run("import", "tokens", "--from", exported.toString(), "--db", moved.toString())
                        .out())
                .isEqualTo(MANY + " tokens imported\n");
        assertThat(latchkey.run("export", "tokens", "--db", moved.toString()).out())
                .isEqualTo(Files.readString(exported));
        try (var server = latchkey.serve("--db", moved.toString());
                var wire = new HttpProbe(server.address())) {
            for (int from = 0; from < MANY; from += 1000) {
                List<String> some = secrets.subList(from, Math.min(MANY, from + 1000)).stream()
                        .map(TokenSecret::reveal)
                        .toList();
                String verdicts = wire.send(
                                "POST",
                                "/api/v1/verify/batch",
                                some.getFirst(),
                                "{\"tokens\":[\"" + String.join("\",\"", some) + "\"]}")
                        .body();
                assertThat(verdicts.split("\"active\":true", -1)).hasSize(some.size() + 1);
            }
        }
        assertThat(latchkey.run("verify", "ledger", "--db", moved.toString()).code())
                .isZero();
    }

    @Test
    void a_server_takes_what_a_file_declares_and_what_another_instance_had() throws Exception {
        ChildProcess latchkey = new ChildProcess(home);
        Path token = home.resolve("operator.token");
        Files.writeString(
                token,
                latchkey.run("create", "token", "--admin", "--format", "token").out());
        Path other = home.resolve("other/latchkey.db");
        String moving = latchkey.run(
                        "create", "token", "--admin", "--name", "moving", "--format", "token", "--db", other.toString())
                .out()
                .strip();
        Path exported = home.resolve("exported.jsonl");
        latchkey.run("export", "tokens", "--db", other.toString(), "--output", exported.toString());
        Path wanted = home.resolve("tokens.yaml");
        Files.writeString(wanted, "tokens:\n- {name: backup, secret_file: backup.token}\n");
        try (var server = latchkey.serve();
                var wire = new HttpProbe(server.address())) {
            String[] there = {"--host", server.address().toString(), "--token", "@" + token};
            assertThat(latchkey.run(words(there, "apply", "--file", wanted.toString(), "--dry-run"))
                            .out())
                    .isEqualTo("""
                            create     "backup"
                            1 to create, 0 to edit, 0 unchanged, 0 to delete
                            Nothing was changed
                            """);
            assertThat(home.resolve("backup.token")).doesNotExist();
            assertThat(latchkey.run(words(there, "apply", "--file", wanted.toString()))
                            .code())
                    .isZero();
            assertThat(wire.knock(Files.readString(home.resolve("backup.token")).strip()))
                    .isEqualTo(200);
            assertThat(latchkey.run(words(there, "import", "tokens", "--from", exported.toString()))
                            .out())
                    .isEqualTo("1 token imported\n");
            assertThat(wire.knock(moving)).isEqualTo(200);
            assertThat(latchkey.run(words(there, "import", "tokens", "--from", exported.toString()))
                            .out())
                    .isEqualTo("0 tokens imported, 1 already existed\n");
            Files.writeString(
                    wanted,
                    "tokens:\n- name: backup\n- {name: thief, secret_file: thief.token}\n" + "- {name: copy, hash: "
                            + TokenSecret.presented(moving).digest().hex() + "}\n");
            ChildProcess.Result refused = latchkey.run(words(there, "apply", "--file", wanted.toString(), "--prune"));
            assertThat(refused.err())
                    .isEqualTo("Apply command failed: " + wanted + " line 4: another token already has this secret\n");
            assertThat(home.resolve("thief.token")).doesNotExist();
            assertThat(wire.knock(moving)).isEqualTo(200);
            Files.writeString(wanted, "tokens:\n- name: backup\n");
            assertThat(latchkey.run(words(there, "apply", "--file", wanted.toString(), "--prune", "--yes"))
                            .out())
                    .isEqualTo("""
                            unchanged  "backup"
                            delete     "moving"
                            0 to create, 0 to edit, 1 unchanged, 1 to delete
                            """);
            assertThat(wire.knock(moving)).isEqualTo(401);
        }
        assertThat(latchkey.run("verify", "ledger").code()).isZero();
    }

    private static String[] words(String[] options, String... command) {
        return Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new);
    }
}
