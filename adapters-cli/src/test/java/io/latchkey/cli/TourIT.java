package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer is told to type, typed as it is printed. */
class TourIT {
    private static final Pattern TOUR = Pattern.compile("(?s)\n## Five minutes\n(.*?)\n## ");
    private static final Pattern STATUS = Pattern.compile("(?m)^([2-5]\\d\\d)$");
    private static final String END =
            "trap 'kill $(jobs -p) $(cat /tmp/latchkey-tour/nginx.pid 2>/dev/null) 2>/dev/null' EXIT\n";
    private static final List<Integer> PORTS = List.of(8181, 8080, 9000);
    private static final List<Path> LEFT = List.of(
            Path.of("/tmp/latchkey-tour"),
            Path.of("/tmp/operator.token"),
            Path.of("/tmp/alice.token"),
            Path.of("/tmp/bob.token"));

    @TempDir
    Path folder;

    private PrintedCommands shell;

    @BeforeEach
    void link_the_launcher() throws IOException {
        shell = PrintedCommands.in(folder);
    }

    @Test
    void the_tour_of_the_readme_goes_as_printed() throws Exception {
        DebianProgram.need("curl");
        DebianProgram.need("nginx");
        if (!"root".equals(System.getProperty("user.name"))) {
            DebianProgram.missing("without further settings, only root can start Debian's nginx");
        }
        for (int port : PORTS) {
            if (!isFree(port)) {
                DebianProgram.missing("another program listens on " + port);
            }
        }
        for (Path left : LEFT) {
            if (Files.exists(left)) {
                DebianProgram.missing(left + " already exists");
            }
        }
        String tour = group(TOUR, Files.readString(PrintedCommands.REPOSITORY.resolve("README.md")));
        String commands = PrintedCommands.of(tour);
        try {
            Path out = folder.resolve("out");
            Process process = bash(END + commands, out);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            String said = Files.readString(out);
            assertThat(process.exitValue()).as(said).isZero();
            assertThat(said)
                    .contains("HTTP/1.1 204 No Content", "\nX-Token-Name: alice\r", "\nX-Token-Kind: resource\r")
                    .contains("\nGET by alice, token: ''\n\n200\n", "\nGET by bob, token: ''\n200\n")
                    .doesNotContain("token: 'B", "POST by")
                    .contains("ok        ledger", "ok        token file   /tmp/operator.token, mode 0600")
                    .doesNotContain("attention");
            // To the service, to list, to create, to verify for others, to introspect; by routes; and after the
            // deletion.
            assertThat(STATUS.matcher(said).results().map(status -> status.group(1)))
                    .containsExactly("204", "200", "403", "403", "403", "403", "403", "200", "401", "401");
        } finally {
            assertThat(bash("rm -rf " + LEFT.stream().map(Path::toString).collect(joining(" ")))
                            .waitFor())
                    .isZero();
        }
    }

    @Test
    void a_new_server_says_what_to_type_next() throws Exception {
        Process server = bash("exec ./latchkey serve --http-bind 127.0.0.1:0 --db new.db");
        try (BufferedReader lines = server.inputReader(UTF_8)) {
            List<String> steps = new ArrayList<>();
            while (steps.size() < 3) {
                String line = lines.readLine();
                assertThat(line).as("after " + steps).isNotNull();
                if (line.startsWith("  latchkey ")) {
                    steps.add(line.strip());
                }
            }
            String operator = succeeds(steps.get(0) + " --format token");
            assertThat(succeeds(steps.get(1).replace("NAME", "ci").replace("OPERATOR_TOKEN", operator.strip())))
                    .contains("apiv3_");
            assertThat(succeeds(steps.get(2))).contains("auth_request");
        } finally {
            server.destroy();
            assertThat(server.waitFor()).isZero();
        }
    }

    @Test
    void a_server_that_has_tokens_says_no_more_than_where_it_is() throws Exception {
        assertThat(succeeds("latchkey create token --admin --format token --db old.db"))
                .startsWith("apiv3_");
        Process server = bash("exec ./latchkey serve --http-bind 127.0.0.1:0 --db old.db");
        try (BufferedReader lines = server.inputReader(UTF_8)) {
            assertThat(lines.readLine()).startsWith("Latchkey listens on");
            assertThat(lines.readLine()).startsWith("and keeps its tokens in");
            // Not the process itself, which would close the stream as well.
            assertThat(server.toHandle().destroy()).isTrue();
            assertThat(lines.readLine()).isNull();
        }
    }

    private String succeeds(String command) throws Exception {
        Process process = bash("./" + command);
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(command).isZero();
        return out;
    }

    private Process bash(String script) throws IOException {
        return shell.bash(script, "-e")
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private Process bash(String script, Path out) throws IOException {
        return shell.bash(script, "-e")
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static String group(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().orElseThrow().group(1);
    }
}
