package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.cli.command.ExitCode;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image where few files may be open at once, connections included. */
class FewFilesIT {
    @TempDir
    Path home;

    private BuiltImage latchkey;

    @BeforeEach
    void install() {
        latchkey = new BuiltImage(home);
    }

    /** Starts a server with so many files. */
    private Process serve(int files) throws Exception {
        var builder = new ProcessBuilder(
                "/bin/sh",
                "-c",
                "ulimit -n " + files + "; exec \"$0\" serve --http-bind 127.0.0.1:0",
                latchkey.launcher().toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY") || name.startsWith("INFLUX"));
        builder.environment().put("HOME", home.toString());
        return builder.redirectError(home.resolve("server.log").toFile()).start();
    }

    @Test
    void a_server_with_too_few_refuses_to_start_and_says_which_limit() throws Exception {
        Process server = serve(64);
        assertThat(server.inputReader(UTF_8).lines()).isEmpty();
        assertThat(server.waitFor()).isEqualTo(ExitCode.FAILED);
        assertThat(Transcript.read(home.resolve("server.log")))
                .isEqualTo("Serve command failed: this process may have no more than 64 open files (ulimit -n,"
                        + " or LimitNOFILE of systemd): expected 256 or more, better 1024\n");
    }

    @Test
    void a_server_whose_connections_are_all_taken_by_strangers_answers_and_says_which_limit() throws Exception {
        String operator = latchkey.run("create", "token", "--admin", "--format", "token")
                .out()
                .strip();
        Process process = serve(256);
        List<Socket> strangers = new ArrayList<>();
        try (var server = new ChildProcess.Server(
                        process, address(process.inputReader(UTF_8).readLine()));
                var wire = new HttpProbe(server.address())) {
            for (int i = 0; i < 300; i++) {
                strangers.add(new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort()));
            }
            assertThat(wire.knock(operator)).isEqualTo(200);
            Eventually.until(() -> Transcript.read(home.resolve("server.log"))
                    .contains("connections (set by ulimit -n or memory) was reached"));
            assertThat(wire.createNamed(operator, "made").statusCode()).isEqualTo(201);
            assertThat(Transcript.read(home.resolve("server.log"))).doesNotContain("Too many open files", "exception");
            assertThat(process.isAlive()).isTrue();
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    private static URI address(String line) {
        return URI.create(line.replace("Latchkey listens on ", ""));
    }
}
