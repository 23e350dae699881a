package io.latchkey.cli.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.SecretScanner.Confidence;
import io.latchkey.domain.TokenSecret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeSearchTest {
    private static final SecureRandom SECRETS = new SecureRandom();

    @TempDir
    Path dir;

    private final List<String> found = new ArrayList<>();
    private final StringWriter complaints = new StringWriter();
    private long bytes;
    private final FileTreeSearch tree = new FileTreeSearch(
            new SecretSearch(
                    suspect -> {
                        if (suspect.proof() == Confidence.CHECKSUM) {
                            found.add(suspect.place() + ":" + suspect.line());
                        }
                    },
                    more -> bytes += more),
            new PrintWriter(complaints));

    @Test
    void goes_through_folders_in_the_order_of_names() throws IOException {
        for (String name : new String[] {"b/2", "b/1", "a", "c/d/e/f", ".hidden/x"}) {
            Path file = dir.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "\n\n" + secret() + "\n");
        }
        tree.walk(dir);
        assertThat(found).containsExactly(at(".hidden/x", 3), at("a", 3), at("b/1", 3), at("b/2", 3), at("c/d/e/f", 3));
        assertThat(tree.summary()).isEqualTo("5 files");
    }

    @Test
    void follows_no_link_but_the_one_it_begins_with() throws IOException {
        Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("file"), secret());
        Path start = Files.createDirectory(dir.resolve("start"));
        Files.createSymbolicLink(start.resolve("folder"), elsewhere);
        Files.createSymbolicLink(start.resolve("file"), elsewhere.resolve("file"));
        Files.createSymbolicLink(start.resolve("round"), start);
        Files.createSymbolicLink(start.resolve("nowhere"), dir.resolve("nowhere"));
        tree.walk(start);
        assertThat(found).isEmpty();
        Path link = Files.createSymbolicLink(dir.resolve("link"), elsewhere);
        tree.walk(link);
        assertThat(found).containsExactly(at("link/file", 1));
        assertThat(complaints.toString()).isEmpty();
    }

    @Test
    void leaves_out_what_is_no_text() throws IOException {
        Files.writeString(dir.resolve("early"), "x".repeat(8191) + "\0\n" + secret());
        Files.writeString(dir.resolve("late"), "x".repeat(8192) + "\0\n" + secret());
        tree.walk(dir);
        assertThat(found).containsExactly(at("late", 2));
        assertThat(tree.summary()).isEqualTo("1 file, without 1 binary file");
    }

    @Test
    void reads_what_windows_writes() throws IOException {
        String text = "größe\r\n".repeat(100_000) + "token: " + secret() + "\r\n";
        for (Charset charset : new Charset[] {UTF_16LE, UTF_16BE, UTF_8}) {
            Files.write(dir.resolve(charset.name()), text.getBytes(charset));
            Files.write(dir.resolve(charset.name() + "-marked"), ("\uFEFF" + text).getBytes(charset));
            Files.write(dir.resolve(charset.name() + "-short"), ("\uFEFF" + secret()).getBytes(charset));
        }
        tree.walk(dir);
        assertThat(found)
                .containsExactly(
                        at("UTF-16BE", 100_001),
                        at("UTF-16BE-marked", 100_001),
                        at("UTF-16BE-short", 1),
                        at("UTF-16LE", 100_001),
                        at("UTF-16LE-marked", 100_001),
                        at("UTF-16LE-short", 1),
                        at("UTF-8", 100_001),
                        at("UTF-8-marked", 100_001),
                        at("UTF-8-short", 1));
        found.clear();
        for (Charset charset : new Charset[] {UTF_16LE, UTF_16BE, UTF_8}) {
            tree.stream(new ByteArrayInputStream(text.getBytes(charset)), charset.name());
            // A pipe gives what it has, be it half a character.
            tree.stream(dripping(text.getBytes(charset)), charset.name());
        }
        assertThat(found)
                .containsExactly(
                        "UTF-16LE:100001",
                        "UTF-16LE:100001",
                        "UTF-16BE:100001",
                        "UTF-16BE:100001",
                        "UTF-8:100001",
                        "UTF-8:100001");
    }

    private static InputStream dripping(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 4097));
            }
        };
    }

    @Test
    void says_what_it_cannot_read_without_the_secret_in_its_name_and_goes_on() throws IOException {
        Files.writeString(dir.resolve("file"), secret());
        String secret = secret();
        tree.walk(dir.resolve(secret));
        tree.walk(dir.resolve("file"));
        assertThat(found).containsExactly(at("file", 1));
        assertThat(complaints.toString()).isEqualTo("cannot read " + dir + "/apiv3_***: there is no such file\n");
        assertThat(tree.unreadable()).isEqualTo(1);
        assertThat(tree.summary()).isEqualTo("1 file, without 1 that cannot be read");
    }

    @Test
    void finds_all_in_large_files_and_streams_and_the_lines_they_stand_in() throws IOException {
        Random random = new Random(11);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        List<Long> lines = new ArrayList<>();
        long line = 1;
        while (text.size() < 3_000_000) {
            // Longer than a buffer now and then, and begun anywhere in one.
            byte[] noise = random.ints(random.nextInt(random.nextInt(20) == 0 ? 600_000 : 5_000), 0, 64)
                    .mapToObj("apiv3_ABCDEFGHIJKLMNOPQRSTUVWXYZ.bcdefgh jklmnoqrstuvwxyz0\n124567"::charAt)
                    .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                    .append('.')
                    .toString()
                    .getBytes(US_ASCII);
            text.writeBytes(noise);
            for (byte b : noise) {
                line += b == '\n' ? 1 : 0;
            }
            lines.add(line);
            text.writeBytes(secret().getBytes(US_ASCII));
        }
        Files.write(dir.resolve("large"), text.toByteArray());
        tree.walk(dir.resolve("large"));
        assertThat(found).isEqualTo(lines.stream().map(at -> at("large", at)).toList());
        assertThat(bytes).isEqualTo(text.size());

        found.clear();
        tree.stream(new ByteArrayInputStream(text.toByteArray()), "stream");
        assertThat(found).isEqualTo(lines.stream().map(at -> "stream:" + at).toList());
    }

    private String at(String name, long line) {
        return dir.resolve(name) + ":" + line;
    }

    private static String secret() {
        return TokenSecret.generate(SECRETS).reveal();
    }
}
