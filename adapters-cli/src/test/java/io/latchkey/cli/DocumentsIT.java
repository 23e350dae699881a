package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents say what is true: their commands run as printed, their links lead to files, and README is one page. */
class DocumentsIT {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final int LONGEST = 130;

    /** Commands that found what they look for exit with 3; any other failure ends the script. */
    private static final String PRELUDE = """
            failed() { [ "$1" = 3 ] || { echo "FAILED $1: $2" >&2; exit 1; }; }
            trap 'failed $? "$BASH_COMMAND"' ERR
            trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
            set -m
            """;

    @TempDir
    Path folder;

    @Test
    void every_command_of_the_operations_runs_as_printed() throws Exception {
        DebianProgram.need("git");
        DebianProgram.need("openssl");
        String commands =
                PrintedCommands.of(Files.readString(PrintedCommands.REPOSITORY.resolve("adapters-cli/OPERATIONS.md")));
        assertThat(commands).contains("backup", "apply", "scan", "serve", "move database");
        try (EmbeddedPostgres postgres = database()) {
            run(commands.replace("db.example.com", "127.0.0.1:" + postgres.getPort()));
        }
    }

    /** What the text asks for: a database of a user with a password. */
    private static EmbeddedPostgres database() throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE latchkey LOGIN");
            statement.execute("CREATE DATABASE latchkey OWNER latchkey");
        }
        return postgres;
    }

    private void run(String commands) throws Exception {
        Path out = folder.resolve("out");
        Process process = PrintedCommands.in(folder)
                .bash(PRELUDE + commands)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        String output = Files.readString(out);
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output)
                .doesNotContain("FAILED", "internal error")
                .contains("Latchkey listens on", "\"engine\":\"SQLite\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "adapters-cli/OPERATIONS.md",
                "adapters-http/COMPATIBILITY.md",
                "adapters-cli/bench/README.md",
                "adapters-http/bench/README.md",
                "application/bench/README.md"
            })
    void every_link_leads_to_a_file(String name) throws IOException {
        Path document = PrintedCommands.REPOSITORY.resolve(name);
        assertThat(LINK.matcher(Files.readString(document)).results().map(link -> link.group(1)))
                .allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
    }

    @Test
    void the_readme_is_one_page() throws IOException {
        assertThat(Files.readAllLines(PrintedCommands.REPOSITORY.resolve("README.md")))
                .hasSizeLessThanOrEqualTo(LONGEST);
    }
}
