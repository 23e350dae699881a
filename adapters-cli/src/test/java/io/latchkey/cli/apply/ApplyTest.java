package io.latchkey.cli.apply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ManualClock;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.cli.FakeAuthorities;
import io.latchkey.cli.Main;
import io.latchkey.cli.Product;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.serve.Servers;
import io.latchkey.cli.terminal.Environment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of wanted tokens and a real database. */
class ApplyTest {
    private static final String HASH = "0f".repeat(64);

    @TempDir
    Path dir;

    private Path wanted;
    private Path secret;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void files() {
        wanted = dir.resolve("tokens.yaml");
        secret = dir.resolve("backup.token");
    }

    @Test
    void what_a_token_may_do_where_and_when_is_declared() throws IOException {
        Files.writeString(wanted, """
                tokens:
                  - name: ci
                    hash: %s
                    permissions: [grafana:prod:read, "tokens:ci-*:rotate"]
                    from:
                      - 10.0.0.0/8
                      - 2001:db8::1
                    not_before: 2030-01-31
                    owner: the build team
                    labels: {env: prod, team: "a=b"}
                """.formatted(HASH));
        assertThat(apply()).isZero();
        assertThat(out.toString())
                .startsWith("create     \"ci\": permissions grafana:prod:read tokens:ci-*:rotate, from 10.0.0.0/8"
                        + " 2001:db8::1, not before 2030-01-31T00:00:00Z, owner \"the build team\", labels env=prod"
                        + " team=a=b\n");
        Files.writeString(wanted, """
                tokens:
                  - {name: ci, permissions: [], from: [], not_before: none, owner: "", labels: {}}
                """);
        assertThat(apply()).isZero();
        assertThat(out.toString())
                .contains("edit       \"ci\": permissions grafana:prod:read tokens:ci-*:rotate -> none, from 10.0.0.0/8"
                        + " 2001:db8::1 -> none, not before 2030-01-31T00:00:00Z -> none, owner \"the build team\" ->"
                        + " \"\", labels env=prod team=a=b -> none\n");
        assertThat(apply("--dry-run")).isZero();
        assertThat(out.toString()).contains("unchanged  \"ci\"\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "permissions: grafana:prod:read; permissions: expected a list of strings",
                "permissions: ['*:*:*']; permissions: * resource type can only be set for admin token",
                "permissions: [[a]]; permissions: expected a string",
                "from: [10.0.0.1/8]; from: expected an address or a network such as 10.0.0.0/8 or 2001:db8::/32, and not"
                        + " 10.0.0.1/8",
                "not_before: 2h; not_before: expected none, a date like 2030-01-31, or a timestamp like"
                        + " 2030-01-31T12:00:00Z",
                "owner: [me]; owner: expected a string",
                "labels: [env]; labels: expected keys with values",
                "labels: {env: a, env: b}; labels: this label is given twice: env",
                "permission: [a]; unknown key permission, did you mean permissions?"
            })
    void an_attribute_that_is_not_one_is_refused_with_its_line(String line, String sentence) throws IOException {
        Files.writeString(wanted, "tokens:\n  - name: ci\n    hash: " + HASH + "\n    " + line + "\n");
        assertThat(apply()).isEqualTo(1);
        assertThat(err.toString()).contains("tokens.yaml line 4: " + sentence + "\n");
    }

    @Test
    void applied_twice_it_changes_nothing_the_second_time() throws IOException {
        Files.writeString(wanted, """
                # Safe in git.
                tokens:
                  - name: ci
                    description: "nightly: build"
                    expiry: 2090-01-31T12:00:00Z
                    hash: %s
                  - {name: backup, secret_file: backup.token}
                """.formatted(HASH));
        assertThat(apply("--dry-run")).isZero();
        assertThat(secret).doesNotExist();
        assertThat(dir.resolve("latchkey.db")).doesNotExist();
        assertThat(apply()).isZero();
        assertThat(out.toString())
                .isEqualTo(
                        "create     \"ci\"\ncreate     \"backup\"\n2 to create, 0 to edit, 0 unchanged, 0 to delete\n");
        assertThat(Files.getPosixFilePermissions(secret)).isEqualTo(fromString("rw-------"));
        String token = Files.readString(secret);
        assertThat(token).matches("apiv3_[A-Za-z0-9_-]{86}\n");
        assertThat(run("show", "tokens", "--token", "@" + secret)).isZero();
        assertThat(apply("--prune")).isZero();
        assertThat(out.toString()).endsWith("0 to create, 0 to edit, 2 unchanged, 0 to delete\n");
        assertThat(secret).hasContent(token);
        assertThat(apply("--dry-run", "--format", "json")).isZero();
        assertThat(out.toString())
                .isEqualTo("{\"dry_run\":true,\"steps\":["
                        + "{\"action\":\"unchanged\",\"name\":\"ci\",\"differences\":[]},"
                        + "{\"action\":\"unchanged\",\"name\":\"backup\",\"differences\":[]}]}\n");
        Files.delete(secret);
        assertThat(apply()).isZero();
        assertThat(secret).doesNotExist();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_failing_item_leaves_everything_as_it_was() throws IOException {
        Files.writeString(wanted, """
                tokens:
                  - {name: backup, secret_file: backup.token}
                  - {name: one, hash: %s}
                  - name: two
                    hash: %s
                """.formatted(HASH, HASH));
        assertThat(apply()).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("Apply command failed: " + wanted + " line 4: another token already has this secret\n");
        assertThat(secret).doesNotExist();
        assertThat(run("export", "tokens")).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void what_changed_is_edited_and_what_is_not_wanted_is_deleted() throws IOException {
        Files.writeString(
                wanted, "tokens:\n- {name: a, hash: %s}\n- {name: b, secret_file: backup.token}\n".formatted(HASH));
        assertThat(apply()).isZero();
        Files.writeString(
                wanted, "tokens:\n- {name: a, hash: %s, description: new, expiry: 2090-01-01}\n".formatted(HASH));
        assertThat(apply("--prune")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("""
                        To be deleted, because the file does not declare them:
                          "b"
                        Apply command failed: Cannot proceed without confirmation: there is no terminal to ask on; confirm with --yes
                        """);
        assertThat(run("export", "tokens")).isZero();
        assertThat(out.toString()).contains("\"b\"").doesNotContain("new");
        assertThat(apply("--prune", "--yes")).isZero();
        assertThat(out.toString()).isEqualTo("""
                        edit       "a": description "" -> "new", expiry never -> 2090-01-01T00:00:00Z
                        delete     "b"
                        0 to create, 1 to edit, 0 unchanged, 1 to delete
                        """);
    }

    @Test
    void a_secret_is_kept_if_nobody_knows_whether_a_server_has_its_token_and_used_the_next_time() throws IOException {
        Files.writeString(wanted, "tokens: [{name: backup, secret_file: backup.token}]\n");
        try (var authorities = new FakeAuthorities(new ManualClock())) {
            String operator = authorities.ask(
                    new Location.Remote(URI.create("http://authority.test"), ServerTrust.DEFAULT),
                    Optional.empty(),
                    administration ->
                            administration.tokens().createOperator().secret().reveal());
            assertThat(run(authorities, applied("http://mute.test", operator))).isEqualTo(1);
            assertThat(err.toString()).isEqualTo("Apply command failed: no answer from http://mute.test\n");
            String kept = Files.readString(secret);
            assertThat(run(authorities, applied("http://authority.test", operator)))
                    .isZero();
            assertThat(secret).hasContent(kept);
            assertThat(out.toString()).startsWith("unchanged  \"backup\"\n");
        }
    }

    @Test
    void many_tokens_are_declared_in_one_file_up_to_a_size_that_is_told() throws IOException {
        StringBuilder text = new StringBuilder("tokens:\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("  - {name: t%05d, hash: %0128x}\n".formatted(i, i));
        }
        Files.writeString(wanted, text);
        assertThat(apply("--dry-run")).isZero();
        assertThat(out.toString()).contains("20000 to create, 0 to edit, 0 unchanged, 0 to delete\n");
        text.append("# ".repeat(8 << 20));
        Files.writeString(wanted, text);
        assertThat(apply("--dry-run")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("Apply command failed: " + wanted + " is larger than 16 MiB: split it into several files\n");
    }

    @Test
    void a_secret_does_not_come_into_a_work_tree_of_git_unsaid() throws IOException {
        Files.createDirectory(dir.resolve(".git"));
        Files.writeString(wanted, "tokens: [{name: backup, secret_file: backup.token}]\n");
        assertThat(apply()).isZero();
        assertThat(secret).exists();
        assertThat(err.toString())
                .isEqualTo("warning: " + secret + " contains a secret and is in the git work tree " + dir
                        + ": add it to .gitignore, or use another path for secret_file\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                              | line 1: expected the key tokens",
                "tokens: 3                                       | line 1: expected a list under the key tokens",
                "tokens: [a]                                     | line 1: expected keys with values: description, expiry, from, hash, labels, name, not_before, owner, permissions, routes, secret_file",
                "tokens: [{hash: x}]                             | line 1: the token has no name",
                "tokens: [{nme: x}]                              | line 1: unknown key nme, did you mean name?",
                "tokens: [{name: x, expires: 30d}]               | line 1: unknown key expires, did you mean expiry?",
                "tokens: [{colour: x}]                           | line 1: unknown key colour, expected one of description, expiry, from, hash, labels, name, not_before, owner, permissions, routes, secret_file",
                "tokens: [{name: x, name: y}]                    | line 1: the key name is repeated",
                "tokens: [{name: [x]}]                           | line 1: name: expected a string",
                "tokens: [{name: x}]                             | line 1: a new token needs a hash, or a file for its secret",
                "tokens: [{name: x, hash: 0f}]                   | line 1: hash: a token hash is the SHA-512 of the token: 128 hexadecimal digits",
                "tokens: [{name: x, expiry: 90d}]                | line 1: expiry: expected never, a date like 2030-01-31, or a timestamp like 2030-01-31T12:00:00Z",
                "tokens: [{name: x, hash: HASH, secret_file: f}] | line 1: hash and secret_file cannot be used together",
                "tokens: [{name: x, hash: HASH, expiry: 2020-01-01T00:00:00Z}] | line 1: expiry must be at least 1 second and at most 100 years ahead",
                "tokens: [{name: x, hash: HASH}, {name: x, hash: HASH}] | line 1: token name already exists, x",
                "'tokens: ['                                     | line 1: not YAML: expected the node content, but found '<stream end>'",
            })
    void what_is_not_understood_is_refused_with_its_line(String text, String sentence) throws IOException {
        Files.writeString(wanted, text.replace("HASH", HASH));
        assertThat(apply()).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("Apply command failed: " + wanted + " " + sentence + "\n");
    }

    private String[] applied(String host, String token) {
        return new String[] {"apply", "--file", wanted.toString(), "--host", host, "--token", token};
    }

    private int apply(String... options) {
        String[] words = new String[options.length + 3];
        words[0] = "apply";
        words[1] = "--file";
        words[2] = wanted.toString();
        System.arraycopy(options, 0, words, 3, options.length);
        return run(words);
    }

    private int run(String... words) {
        return run(Product.servers(), words);
    }

    private int run(Servers authorities, String... words) {
        out.getBuffer().setLength(0);
        return Main.run(
                new Environment(
                        Map.of("LATCHKEY_DB", dir.resolve("latchkey.db").toString()),
                        new ByteArrayInputStream("".getBytes(UTF_8)),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        () -> false),
                authorities,
                words);
    }
}
