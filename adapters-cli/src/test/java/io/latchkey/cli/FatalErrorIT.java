package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.cli.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server of which one thread meets an {@link Error}: a class file, which nobody but this thread loads, is damaged. Such an
 * end is one that whatever watches over the process sees.
 */
class FatalErrorIT {
    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "io/latchkey/application/PollingInterval, latchkey-ledger-watch",
        "io/latchkey/persistence/jdbc/LedgerChain, latchkey-ledger-audit",
    })
    void ends_the_process_when_a_thread_of_it_fails(String damaged, String thread) throws Exception {
        Path file = home.resolve("damaged").resolve(damaged + ".class");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "no class");
        ChildProcess latchkey = new ChildProcess(home).with("-XX:-UsePerfData"); // from the jars, not the image
        ProcessBuilder builder = latchkey.builder("serve", "--http-bind", "127.0.0.1:0");
        List<String> command = new ArrayList<>(builder.command());
        int classes = command.indexOf("-cp") + 1;
        command.set(classes, home.resolve("damaged") + ":" + command.get(classes));
        Path log = home.resolve("server.log");
        Process process = builder.command(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(log))
                .contains("the process ends because thread " + thread + " failed", "ClassFormatError");
        assertThat(process.exitValue()).isEqualTo(ExitCode.FAILED);
    }
}
