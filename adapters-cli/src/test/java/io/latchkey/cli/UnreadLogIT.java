package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose standard error is a pipe that nobody reads. */
class UnreadLogIT {
    private static final Pattern ADDRESS = Pattern.compile("listens on http://127\\.0\\.0\\.1:(\\d+)");

    /** In one line each; together they are more than a pipe and the queue hold. */
    private static final int LINES = 400;

    @TempDir
    Path home;

    @Test
    void keeps_nobody_waiting_and_counts_what_is_lost() throws Exception {
        var latchkey = new ChildProcess(home);
        String operator = latchkey.run("create", "token", "--admin", "--format", "token")
                .out()
                .strip();
        Process process =
                latchkey.builder("serve", "--http-bind", "127.0.0.1:0").start();
        try (var out = process.inputReader(UTF_8)) {
            Matcher address = ADDRESS.matcher(out.readLine());
            assertThat(address.find()).isTrue();
            try (var connection = new KeptConnection(Integer.parseInt(address.group(1)))) {
                for (int i = 0; i < LINES; i++) {
                    String path = "/" + "x".repeat(8_000);
                    assertThat(connection
                                    .get(path, KeptConnection.bearer(operator))
                                    .status())
                            .isEqualTo(404);
                    assertThat(connection
                                    .get("/api/v1/verify", KeptConnection.bearer(operator), "X: " + i)
                                    .status())
                            .isEqualTo(204);
                }
                assertThat(connection
                                .get("/metrics", KeptConnection.bearer(operator))
                                .body())
                        .containsPattern("latchkey_log_dropped_total\\{reason=\"queue_full\"} [1-9]");
            }
            process.destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
