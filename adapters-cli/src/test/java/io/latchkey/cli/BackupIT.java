package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.cli.ChildProcess.Result;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is copied from another machine, and what may come between. */
class BackupIT {
    // Of these, a database is longer than what the buffers of a connection hold.
    private static final int MANY = 30_000;

    @TempDir
    Path home;

    private ChildProcess latchkey;
    private String operator;
    private Path folder;
    private Path copy;

    @BeforeEach
    void install() throws Exception {
        latchkey = new ChildProcess(home);
        operator = latchkey.run("create", "token", "--admin", "--format", "token")
                .out()
                .strip();
        folder = Files.createDirectory(home.resolve("elsewhere"));
        copy = folder.resolve("copy.db");
    }

    private Result backUp(String address, String... more) throws Exception {
        return latchkey.run(Stream.concat(
                        Stream.of("backup", "--host", address, "--token", operator, "--output", copy.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void a_copy_under_a_storm_of_writes_verifies_and_its_tokens_work() throws Exception {
        List<String> before;
        try (var server = latchkey.serve();
                var wire = new HttpProbe(server.address())) {
            ConcurrentWrites storm = new ConcurrentWrites(wire, operator);
            before = storm.acknowledged();
            Result backup = backUp(server.address().toString());
            int after = storm.acknowledged().size();
            assertThat(backup.err()).isEmpty();
            assertThat(backup.code()).isZero();
            assertThat(backup.out()).startsWith("Copied to: " + copy + "\nLedger intact: ");
            assertThat(backUp(server.address().toString(), "--force").code()).isZero();
            storm.awaitMoreThan(after);
            storm.end();
        }
        assertThat(folder.toFile().list()).containsExactly("copy.db");
        assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(fromString("rw-------"));
        assertThat(latchkey.run("verify", "ledger", "--db", copy.toString()).code())
                .isZero();
        try (var server = latchkey.serve("--db", copy.toString());
                var wire = new HttpProbe(server.address())) {
            for (String secret : before) {
                assertThat(wire.knock(secret)).isEqualTo(200);
            }
        }
    }

    @Test
    void whoever_goes_away_half_way_leaves_nothing_and_neither_does_a_server_that_is_killed() throws Exception {
        importMany();
        var server = latchkey.serve();
        try (server) {
            try (Socket client = asking(server)) {
                assertThat(client.getInputStream().readNBytes(10_000)).hasSize(10_000);
                assertThat(copiesHeldBy(server)).hasSize(1);
                assertNothingBesideTheDatabase();
            }
            Eventually.until(() -> copiesHeldBy(server).isEmpty());
            assertThat(backUp(server.address().toString()).code()).isZero();
            assertThat(copiesHeldBy(server)).isEmpty();
            try (Socket client = asking(server)) {
                assertThat(client.getInputStream().readNBytes(10_000)).hasSize(10_000);
                server.close();
                assertNothingBesideTheDatabase();
            }
        }
    }

    private void importMany() throws Exception {
        SecureRandom random = new SecureRandom();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            lines.append("{\"name\":\"t")
                    .append(i)
                    .append("\",\"hash\":\"")
                    .append(TokenSecret.generate(random).digest().hex())
                    .append("\"}\n");
        }
        Path file = home.resolve("many.jsonl");
        Files.writeString(file, lines);
        assertThat(latchkey.run("import", "tokens", "--from", file.toString()).code())
                .isZero();
    }

    private Socket asking(ChildProcess.Server server) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.getOutputStream()
                .write(("GET /api/v1/backup HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + operator + "\r\n\r\n")
                        .getBytes(ISO_8859_1));
        return socket;
    }

    /** What a server has open of copies, which have no name any more. */
    private static List<String> copiesHeldBy(ChildProcess.Server server) {
        Path open = Path.of("/proc/" + server.process().pid() + "/fd");
        if (!Files.exists(open)) {
            return List.of();
        }
        try (Stream<Path> descriptors = Files.list(open)) {
            return descriptors
                    .map(BackupIT::target)
                    .filter(file -> file.contains(".latchkey-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private void assertNothingBesideTheDatabase() throws IOException {
        try (Stream<Path> files = Files.list(latchkey.folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("latchkey.db")
                    .allMatch(name -> name.startsWith("latchkey.db"));
        }
    }

    @Test
    void what_breaks_off_leaves_nothing_and_replaces_nothing() throws Exception {
        try (var server = latchkey.serve()) {
            assertThat(backUp(server.address().toString()).code()).isZero();
        }
        byte[] whole = Files.readAllBytes(copy);
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.sqlite3\r\nContent-Length: " + whole.length
                + "\r\n\r\n";
        try (var cut = new Saying(head, whole, whole.length / 2)) {
            Result result = backUp(cut.address(), "--force");
            assertThat(result)
                    .isEqualTo(new Result(
                            ExitCode.FAILED,
                            "",
                            "Backup command failed: the connection to " + cut.address()
                                    + " broke before the response was complete\n"));
        }
        Arrays.fill(whole, whole.length / 2, whole.length, (byte) 'x');
        try (var forged = new Saying(head, whole, whole.length)) {
            Result result = backUp(forged.address(), "--force");
            assertThat(result.code()).isEqualTo(ExitCode.FAILED);
            assertThat(result.err()).startsWith("Backup command failed: the received copy ");
        }
        assertThat(folder.toFile().list()).containsExactly("copy.db");
        assertThat(latchkey.run("verify", "ledger", "--db", copy.toString()).code())
                .isZero();
    }

    /** Something that says the same to everybody and hangs up. */
    private static final class Saying extends Loopback {
        private final String head;
        private final byte[] body;
        private final int length;

        Saying(String head, byte[] body, int length) throws IOException {
            this.head = head;
            this.body = body;
            this.length = length;
        }

        String address() {
            return "http://127.0.0.1:" + port();
        }

        @Override
        void talk(Socket connection) throws IOException {
            StringBuilder asked = new StringBuilder();
            for (int c = connection.getInputStream().read();
                    c >= 0 && !asked.append((char) c).toString().endsWith("\r\n\r\n");
                    c = connection.getInputStream().read()) {}
            connection.getOutputStream().write(head.getBytes(ISO_8859_1));
            connection.getOutputStream().write(body, 0, length);
        }
    }
}
