package io.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ManualClock;
import io.latchkey.cli.FakeAuthorities;
import io.latchkey.cli.Main;
import io.latchkey.cli.terminal.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say whose standard output is full or closed. */
final class ShownOnceTest {
    private static final String LOST = "could not be printed and is lost. Create another: latchkey ";

    @TempDir
    private Path folder;

    private final FakeAuthorities authorities = new FakeAuthorities(new ManualClock());
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        authorities.close();
    }

    /** Takes nothing. */
    private static final class Full extends Writer {
        @Override
        public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private int run(Writer out, String... words) {
        err.getBuffer().setLength(0);
        return Main.run(
                new Environment(
                        Map.of("LATCHKEY_DB", folder.resolve("latchkey.db").toString()),
                        InputStream.nullInputStream(),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        () -> false),
                authorities,
                words);
    }

    private void assertLost(String sentence, String... words) {
        assertThat(run(new Full(), words)).isEqualTo(1);
        assertThat(err).hasToString(sentence + "\n");
    }

    @Test
    void a_secret_that_is_lost_is_said_to_be_with_the_command_that_gives_another() {
        assertLost(
                "The secret of token \"_admin\" " + LOST + "create token --admin --regenerate",
                "create",
                "token",
                "--admin");
        assertLost(
                "The secret of token \"_admin\" " + LOST + "create token --admin --regenerate",
                "create",
                "token",
                "--admin",
                "--regenerate",
                "--yes");
        assertLost(
                "The secret of token \"ci\" " + LOST + "rotate token --token-name ci",
                "create",
                "token",
                "--admin",
                "--name",
                "ci",
                "--format",
                "token");
        String db = folder.resolve("latchkey.db").toString();
        assertLost(
                "The secret of token \"a b\" " + LOST + "rotate token --token-name \"a b\" --db \"" + db + "\"",
                "create",
                "token",
                "--admin",
                "--name",
                "a b",
                "--db",
                db);
        assertLost(
                "The secret of token \"ci\" " + LOST + "rotate token --token-name ci",
                "rotate",
                "token",
                "--token-name",
                "ci",
                "--yes");
    }

    @Test
    void a_rotation_with_grace_is_undone_before_the_next() {
        run(new StringWriter(), "create", "token", "--admin", "--name", "ci");
        for (int i = 0; i < 2; i++) {
            assertLost(
                    "The secret of token \"ci\" could not be printed and is lost. The old one is still accepted. Undo the"
                            + " rotation, then rotate again: latchkey rotate token --token-name ci --undo",
                    "rotate",
                    "token",
                    "--token-name",
                    "ci",
                    "--grace",
                    "1h");
            assertThat(run(new StringWriter(), "rotate", "token", "--token-name", "ci", "--undo"))
                    .isZero();
        }
    }

    @Test
    void a_lost_operator_token_of_a_server_is_replaced_where_its_file_is() {
        StringWriter operator = new StringWriter();
        assertThat(run(operator, "create", "token", "--admin", "--format", "token"))
                .isZero();
        String token = operator.toString().strip();
        String host = "http://127.0.0.1:8181";
        assertLost(
                "The secret of token \"ci\" " + LOST + "rotate token --token-name ci --host \"" + host + "\"",
                "create",
                "token",
                "--admin",
                "--name",
                "ci",
                "--host",
                host,
                "--token",
                token);
        assertLost(
                "The secret of token \"_admin\" could not be printed and is lost. Only the owner of the server's database"
                        + " file can create another, where the file is: latchkey create token --admin --regenerate"
                        + " --db FILE",
                "create",
                "token",
                "--admin",
                "--regenerate",
                "--yes",
                "--host",
                host,
                "--token",
                token);
    }

    @Test
    void a_secret_that_is_in_a_file_is_not_lost() throws IOException {
        Path offline = folder.resolve("ci.json");
        assertLost(
                "The token could not be printed, but it is in the output file",
                "create",
                "token",
                "--admin",
                "--name",
                "ci",
                "--offline",
                "--output-file",
                offline.toString());
        assertThat(offline).isNotEmptyFile();
        Path wanted = folder.resolve("tokens.yaml");
        Files.writeString(wanted, "tokens:\n  - name: deploy\n    secret_file: deploy.token\n");
        assertLost(
                "The tokens were applied and each new secret is in its file, but the result could not be printed",
                "apply",
                "--file",
                wanted.toString());
        assertThat(folder.resolve("deploy.token")).isNotEmptyFile();
        StringWriter shown = new StringWriter();
        assertThat(run(shown, "show", "tokens", "--format", "csv")).isZero();
        assertThat(shown.toString()).contains("deploy");
    }
}
