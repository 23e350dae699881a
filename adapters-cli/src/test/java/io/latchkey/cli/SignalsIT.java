package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.CertificateMint;
import io.latchkey.application.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server does at a signal. */
class SignalsIT {
    @TempDir
    Path home;

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 0", "INT, 0", "KILL, 137", "USR1, 138"})
    void ends_well_only_when_it_is_told_to_end(String signal, int code) throws Exception {
        try (var server = new ChildProcess(home).serve()) {
            send(signal, server.process());
            assertThat(server.process().waitFor()).isEqualTo(code);
        }
    }

    @Test
    void a_hang_up_ends_nothing_and_has_the_certificate_read_again() throws Exception {
        var mint = new CertificateMint();
        Path certificate = home.resolve("cert.pem");
        Path key = home.resolve("key.pem");
        Path log = home.resolve("server.log");
        mint.forThisMachine("server").write(certificate, key);
        try (var server =
                new ChildProcess(home).serve("--tls-cert", certificate.toString(), "--tls-key", key.toString())) {
            for (int i = 2; i < 5; i++) {
                int times = i;
                mint.forThisMachine("server" + i).write(certificate, key);
                send("HUP", server.process());
                Eventually.until(() -> Transcript.read(log)
                                .lines()
                                .filter(line -> line.contains("is valid until"))
                                .count()
                        >= times);
                assertThat(server.process().isAlive()).isTrue();
            }
            send("TERM", server.process());
            assertThat(server.process().waitFor()).isZero();
        }
    }
}
