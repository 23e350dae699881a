package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.application.TemporaryFile;
import io.latchkey.cli.ChildProcess.Result;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backups and restores that are killed: whatever they leave, the next command in that folder and the next start remove.
 *
 * <p>{@code -Dlatchkey.kills=100} for the long version.
 */
class KilledCopiesIT {
    private static final int KILLS = Integer.getInteger("latchkey.kills", 8);
    private static final int TOKENS = 3_000;

    @TempDir
    Path home;

    private final Random random = new Random(20261201);
    private BuiltImage latchkey;
    private Map<String, String> variables;
    private Path temporary;
    private Path database;
    private Path copy;
    private Path restored;

    @BeforeEach
    void fill() throws Exception {
        latchkey = new BuiltImage(home);
        temporary = Files.createDirectory(home.resolve("tmp"));
        database = home.resolve("original/latchkey.db");
        copy = Files.createDirectory(home.resolve("copies")).resolve("copy.db");
        restored = home.resolve("restored/latchkey.db");
        variables =
                Map.of("LATCHKEY_DB", database.toString(), "LATCHKEY_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        SecureRandom secrets = new SecureRandom();
        Path lines = home.resolve("many.jsonl");
        Files.write(
                lines,
                IntStream.range(0, TOKENS)
                        .mapToObj(i -> line("t" + i, TokenSecret.generate(secrets)))
                        .toList());
        done("import", "tokens", "--from", lines.toString());
    }

    private static String line(String name, TokenSecret secret) {
        String hash = secret.digest().hex();
        return "{\"name\":\"" + name + "\",\"hash\":\"" + hash + "\"}";
    }

    @Test
    void leave_nothing_behind_that_outlives_the_next_start() throws Exception {
        String[] backup = {"backup", "--output", copy.toString(), "--force"};
        String[] restore = {"restore", "--from", copy.toString(), "--db", restored.toString(), "--replace", "--yes"};
        long millis = System.nanoTime();
        done(backup);
        done(restore);
        millis = (System.nanoTime() - millis) / 2_000_000;
        int left = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            List<String> before = left();
            Process process = latchkey.start(variables, kill % 2 == 0 ? backup : restore);
            if (kill % 3 == 0) {
                process.waitFor(random.nextLong(millis), TimeUnit.MILLISECONDS);
            } else {
                // It has begun to write, or has ended before it was seen to.
                Eventually.until(() -> !process.isAlive() || !before.containsAll(left()));
                process.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
            }
            process.destroyForcibly().onExit().join();
            left += before.containsAll(left()) ? 0 : 1;
            // One in each folder at most: the command has removed those of others.
            assertThat(left()).hasSizeLessThanOrEqualTo(3);
            assertWhole(copy);
            assertWhole(restored);
        }
        assertThat(left).as("kills that left something").isGreaterThan(KILLS / 4);
        done(backup);
        serve(database);
        serve(restored);
        assertThat(left()).isEmpty();
        assertThat(names(TemporaryFile.parent(copy))).containsExactly("copy.db");
        assertThat(names(TemporaryFile.parent(restored))).containsExactly("latchkey.db");
    }

    /** One start, which ends as told. */
    private void serve(Path file) throws Exception {
        Process server = latchkey.start(variables, "serve", "--db", file.toString(), "--http-bind", "127.0.0.1:0");
        assertThat(server.inputReader().readLine()).startsWith("Latchkey listens on ");
        server.destroy();
        assertThat(server.onExit().join().exitValue()).isZero();
    }

    private void assertWhole(Path file) throws Exception {
        Result verified = latchkey.run(variables, "verify", "ledger", "--db", file.toString());
        assertThat(verified.err()).isEmpty();
        assertThat(verified.out()).startsWith("Ledger intact: " + TOKENS + " entries");
    }

    private void done(String... command) throws Exception {
        Result result = latchkey.run(variables, command);
        assertThat(result.code()).as(result.err()).isZero();
    }

    /** The temporary folders that are there now. */
    private List<String> left() {
        return Stream.of(
                        temporary,
                        TemporaryFile.parent(database),
                        TemporaryFile.parent(copy),
                        TemporaryFile.parent(restored))
                .flatMap(folder -> names(folder).stream())
                .filter(name -> name.startsWith(".latchkey-"))
                .toList();
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
