package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.CertificateMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Strangers who send what they like to a server with as little memory as a small container has: whoever has a good token
 * gets a yes each time, and the process stays within its bounds. How long that takes is for {@code bench/floods} to say.
 */
@EnabledOnOs(OS.LINUX)
class FloodIT {
    private static final int MEBIBYTE = 1024;

    /** In KiB: what such a process has on its own, its heap and its direct memory. */
    private static final int MOST_MEMORY = 400 * MEBIBYTE;

    private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

    @TempDir
    Path home;

    @ParameterizedTest
    @EnumSource(Flood.Kind.class)
    void strangers_stop_no_verdict(Flood.Kind kind) throws Exception {
        ChildProcess latchkey = new ChildProcess(home).with("-XX:MaxRAM=512m").with("-XX:+ExitOnOutOfMemoryError");
        String operator = latchkey.run("create", "token", "--admin", "--format", "token")
                .out()
                .strip();
        try (var server = latchkey.serve(options(kind));
                var probe = new Probe(kind.other(), server.address().getPort(), operator)) {
            assertThat(probe.ask(100_000_000L).bad()).isZero();
            try (var flood = new Flood(server.address().getPort(), kind)) {
                Probe.Fare fare = probe.ask(3_000_000_000L);
                assertThat(fare.bad()).as(fare.toString()).isZero();
                assertThat(flood.isFelt()).isTrue();
            }
            assertThat(peak(server.process())).isLessThan(MOST_MEMORY);
            assertThat(server.process().isAlive()).isTrue();
        }
        assertThat(Transcript.read(home.resolve("server.log"))).doesNotContain("OutOfMemory", "OutOfDirectMemory");
    }

    private String[] options(Flood.Kind kind) throws IOException {
        if (kind.other() == Transport.PLAIN) {
            return new String[0];
        }
        Path certificate = home.resolve("cert.pem");
        Path key = home.resolve("key.pem");
        new CertificateMint().forThisMachine("server").write(certificate, key);
        return new String[] {"--tls-cert", certificate.toString(), "--tls-key", key.toString()};
    }

    private static int peak(Process process) throws IOException {
        Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
        assertThat(peak.find()).isTrue();
        return Integer.parseInt(peak.group(1));
    }
}
