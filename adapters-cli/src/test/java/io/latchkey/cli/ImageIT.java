package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The image that starts at once, as its users have it: no Java around it, no variable set, no folder of their own. */
class ImageIT {
    private static final Path IMAGE = BuiltImage.ROOT;

    @TempDir
    Path folder;

    private Process start(Path launcher, Map<String, String> variables, String... args) throws IOException {
        return new BuiltImage(folder, launcher).start(variables, args);
    }

    private ChildProcess.Result run(Path launcher, Map<String, String> variables, String... args) throws Exception {
        return new BuiltImage(folder, launcher).run(variables, args);
    }

    private ChildProcess.Result run(Path launcher, String... args) throws Exception {
        return run(launcher, Map.of(), args);
    }

    @Test
    void needs_nothing_but_itself() throws Exception {
        Path launcher = IMAGE.resolve("bin/latchkey");
        assertThat(run(launcher, "create", "token", "--admin", "--name", "Zoë 🔑")
                        .err())
                .isEmpty();
        assertThat(run(launcher, "show", "tokens", "--format", "csv").out()).contains("Zoë 🔑");
        assertThat(run(launcher, "shwo").code()).isEqualTo(2);
    }

    @Test
    void applies_what_a_file_declares() throws Exception {
        Files.writeString(folder.resolve("tokens.yaml"), "tokens: [{name: ci, secret_file: ci.token}]\n");
        Path launcher = IMAGE.resolve("bin/latchkey");
        assertThat(run(launcher, "apply", "--file", "tokens.yaml"))
                .isEqualTo(new ChildProcess.Result(
                        0, "create     \"ci\"\n1 to create, 0 to edit, 0 unchanged, 0 to delete\n", ""));
        assertThat(run(launcher, "show", "tokens", "--token", "@ci.token").code())
                .isZero();
    }

    @Test
    void is_found_through_links() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), IMAGE.resolve("bin/latchkey"));
        Path linkToLink = Files.createSymbolicLink(folder.resolve("link to link"), Path.of("link"));
        assertThat(run(linkToLink, "version")).isEqualTo(run(link, "version"));
        assertThat(run(link, "version").out()).startsWith("latchkey ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "version", "show tokens", "create token --nmae x", "create token --admin"})
    void commands_come_out_of_a_cache(String line) throws Exception {
        Path log = folder.resolve("classes.txt");
        run(
                IMAGE.resolve("bin/latchkey"),
                Map.of("LATCHKEY_JAVA_OPTIONS", "-Xlog:class+load:file=" + log),
                line.split(" "));
        assertThat(loadedFromElsewhere(log)).hasSizeLessThan(30);
    }

    @Test
    void a_server_comes_out_of_a_cache_and_goes_when_told() throws Exception {
        Path log = folder.resolve("classes.txt");
        Process server = start(
                IMAGE.resolve("bin/latchkey"),
                Map.of("LATCHKEY_JAVA_OPTIONS", "-Xlog:class+load:file=" + log),
                "serve",
                "--http-bind",
                "127.0.0.1:0");
        try (var out = server.inputReader(UTF_8)) {
            assertThat(out.readLine()).contains("listens on");
            server.destroy();
            assertThat(server.waitFor()).isZero();
        } finally {
            server.destroyForcibly();
        }
        assertThat(loadedFromElsewhere(log)).hasSizeLessThan(300);
    }

    @Test
    void says_in_one_line_that_it_starts_without_a_cache_that_is_older_than_its_java() throws Exception {
        Path copy = folder.resolve("copy");
        for (String part : List.of("lib", "bin")) {
            copy(IMAGE.resolve(part), copy.resolve(part));
        }
        Path runtime = Files.createDirectory(copy.resolve("runtime"));
        for (Path part : list(IMAGE.resolve("runtime"))) {
            Files.createSymbolicLink(runtime.resolve(part.getFileName()), part);
        }
        Files.delete(runtime.resolve("release"));
        Files.copy(IMAGE.resolve("runtime/release"), runtime.resolve("release"));
        Files.setLastModifiedTime(
                runtime.resolve("release"), FileTime.from(Instant.now().plusSeconds(60)));
        ChildProcess.Result result = run(copy.resolve("bin/latchkey"), "version");
        assertThat(result.out()).startsWith("latchkey ");
        assertThat(result.err())
                .isEqualTo("latchkey: Java is newer than the start-up cache, which is passed over: build or unpack"
                        + " Latchkey again\n");
    }

    /** As they are set for other programs' Java; the image's has no module for agents. */
    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void starts_whatever_is_set_for_other_javas(String variable) throws Exception {
        for (String options : List.of("-XX:+UseG1GC", "-javaagent:/opt/agent.jar", "-Xmx1k", "--no-such-option")) {
            assertThat(run(IMAGE.resolve("bin/latchkey"), Map.of(variable, options), "version", "--help")
                            .err())
                    .isEmpty();
        }
    }

    @Test
    void takes_options_that_are_meant_for_it() throws Exception {
        assertThat(run(
                                IMAGE.resolve("bin/latchkey"),
                                Map.of("LATCHKEY_JAVA_OPTIONS", "-XX:+PrintFlagsFinal -Xmx99m"),
                                "version")
                        .out())
                .containsPattern("MaxHeapSize +=.*command line")
                .contains("latchkey ");
    }

    /** Classes of Latchkey and of others' that no cache held. */
    private static List<String> loadedFromElsewhere(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        assertThat(lines).anyMatch(line -> line.contains("io.latchkey.cli.Main source: shared objects file"));
        return lines.stream()
                .filter(line -> line.contains(" source: file:") || line.contains(" source: jrt:"))
                .toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
