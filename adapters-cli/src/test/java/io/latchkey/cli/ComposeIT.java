package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a compose file of InfluxDB 3 makes a container do, done by hand. */
class ComposeIT {
    @TempDir
    Path home;

    @Test
    void a_preconfigured_token_opens_the_server_that_a_compose_file_of_influxdb_starts() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/compose/compose.yml"));
        List<String> command = lines.subList(lines.indexOf("    command:") + 1, lines.indexOf("    volumes:")).stream()
                .map(line -> line.strip().substring("- ".length()))
                .toList();
        assertThat(command).startsWith("influxdb3", "serve");
        ChildProcess latchkey = new ChildProcess(home);
        Path secret = home.resolve("admin-token.json");
        String token = latchkey.run(
                        "create",
                        "token",
                        "--admin",
                        "--offline",
                        "--name",
                        "compose",
                        "--output-file",
                        secret.toString(),
                        "--format",
                        "token")
                .out()
                .strip();
        String[] options = command.stream()
                .skip(2)
                .map(option -> option.replace("/run/secrets/admin-token", secret.toString())
                        .replace("/var/lib/influxdb3", home.resolve("volume").toString()))
                .toArray(String[]::new);
        for (int start = 0; start < 2; start++) {
            try (var server = latchkey.serve(options);
                    var wire = new HttpProbe(server.address())) {
                assertThat(wire.knock(token)).isEqualTo(200);
                assertThat(wire.knock("apiv3_another")).isEqualTo(401);
            }
        }
        assertThat(home.resolve("volume/data/latchkey.db")).exists();
        assertThat(Files.readString(home.resolve("server.log")))
                .contains("--node-id is an option of InfluxDB and has no effect here", "--object-store", "--plugin-dir")
                .doesNotContain(token);
    }
}
