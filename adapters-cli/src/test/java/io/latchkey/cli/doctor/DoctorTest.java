package io.latchkey.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.CertificateMint;
import io.latchkey.application.ManualClock;
import io.latchkey.cli.FakeAuthorities;
import io.latchkey.cli.Main;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.terminal.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no transcript can show, because it is not a file's text that matters. */
class DoctorTest {
    @TempDir
    private Path dir;

    private final ManualClock clock = new ManualClock();

    @Test
    void notices_that_others_can_read_the_database() throws IOException {
        Path file = file("latchkey.db", "rw-r-----");
        assertThat(doctor("--db", file.toString()))
                .contains("attention database", "has mode 0640", "-> chmod 600 " + file);
    }

    @Test
    void notices_that_others_can_replace_the_database() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("shared"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
        Path file = file("shared/latchkey.db", "rw-------");
        assertThat(doctor("--db", file.toString()))
                .contains("attention folder", "has mode 0775", "-> chmod go-w " + folder);
    }

    @Test
    void notices_that_others_can_read_a_token() throws IOException {
        Path token = file("token", "rw-r--r--");
        assertThat(doctor("--admin-token-file", token.toString()))
                .contains("attention token file", "-> chmod 600 " + token);
    }

    @Test
    void notices_that_another_program_listens_there() throws IOException {
        assertThat(doctorOfTaken("127.0.0.1"))
                .contains(
                        "attention address",
                        " is used by a program that is not a token authority: cannot reach http://127.0.0.1:");
    }

    @Test
    void knows_an_authority_that_listens_there_already() throws IOException {
        assertThat(doctorOfTaken("127.0.0.2"))
                .contains("ok        address      a token authority listens on 127.0.0.2:");
        assertThat(doctorOfTaken("127.0.0.2")).contains(" over TLS\n");
        assertThat(doctorOfTaken("127.0.0.3"))
                .contains(
                        "attention address      a token authority listens on 127.0.0.3:",
                        " and cannot answer now (503)");
    }

    @Test
    void tells_why_an_address_cannot_be_listened_on() {
        assertThat(doctor("--http-bind", "192.0.2.1:8181"))
                .contains(
                        "attention address      192.0.2.1:8181 cannot be used: this machine has no such address",
                        "-> start the server with another --http-bind")
                .doesNotContain("stop that program");
        assertThat(doctor("--http-bind", "nowhere.invalid:8181")).contains("this machine has no such address");
    }

    private String doctorOfTaken(String host) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return doctor("--http-bind", host + ":" + taken.getLocalPort());
        }
    }

    @Test
    void notices_that_a_certificate_ends_soon_or_has_ended() throws IOException {
        Path file = dir.resolve("cert.pem");
        Files.writeString(
                file,
                new CertificateMint()
                        .mint(CertificateMint.localhost("short")
                                .notBefore(Instant.parse("2026-03-01T00:00:00Z"))
                                .notAfter(Instant.parse("2026-03-16T00:00:00Z")))
                        .certificate());
        assertThat(doctor("--tls-cert", file.toString())).contains("ok        certificate");
        clock.advance(Duration.ofDays(2));
        assertThat(doctor("--tls-cert", file.toString()))
                .contains("attention certificate", "is valid until", "-> renew it");
        clock.advance(Duration.ofDays(14));
        assertThat(doctor("--tls-cert", file.toString()))
                .contains("attention certificate", "expired at", "-> renew it");
    }

    @Test
    void tells_what_it_is_made_of() {
        assertThat(run("version")).matches("""
                latchkey \\d+\\.\\d+\\.\\d+\\S*
                commit   ([0-9a-f]{12}|unknown)
                Java     25\\S*
                SQLite   3\\.99\\.0
                schema   2
                """);
    }

    private Path file(String name, String permissions) throws IOException {
        Path file = Files.createFile(dir.resolve(name));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    private String doctor(String... arguments) {
        return run(Stream.concat(Stream.of("doctor"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String run(String... words) {
        var out = new StringWriter();
        try (var authorities = new FakeAuthorities(clock)) {
            var environment = new Environment(
                    Map.of("HOME", dir.toString()),
                    InputStream.nullInputStream(),
                    new PrintWriter(out),
                    new PrintWriter(new StringWriter()),
                    () -> false);
            assertThat(Main.run(environment, authorities, words)).isIn(ExitCode.OK, ExitCode.FINDINGS);
        }
        return out.toString();
    }
}
