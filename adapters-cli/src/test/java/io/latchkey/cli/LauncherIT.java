package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a copy of the project in which a build is no more than putting the image in place. */
class LauncherIT {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void clone_the_project() throws IOException {
        project = Files.createDirectory(folder.resolve("a project"));
        Files.createDirectories(project.resolve(".mvn"));
        Files.createDirectories(project.resolve("adapters-cli/src/main"));
        Files.createDirectories(project.resolve("adapters-cli/src/packaging"));
        Files.createFile(project.resolve("pom.xml"));
        Files.createFile(project.resolve("adapters-cli/pom.xml"));
        Files.copy(REPOSITORY.resolve("latchkey"), project.resolve("latchkey"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(REPOSITORY.resolve(".mvn/jdk.sh"), project.resolve(".mvn/jdk.sh"));
        building("mkdir -p adapters-cli/target/latchkey && ln -sfn '" + REPOSITORY.resolve("adapters-cli/target/image")
                + "' adapters-cli/target/image");
    }

    private void building(String script) throws IOException {
        Path mvnw = project.resolve("mvnw");
        Files.writeString(mvnw, "#!/bin/sh\nset -e\ncd \"$(dirname \"$0\")\"\n" + script + "\n");
        Files.setPosixFilePermissions(mvnw, PosixFilePermissions.fromString("rwx------"));
    }

    private Process start(Path launcher, String... args) throws IOException {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().put("HOME", folder.toString());
        // Found without help only where JDKs usually are; the one that runs this need not be there.
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private ChildProcess.Result run(Path launcher, String... args) throws Exception {
        Process process = start(launcher, args);
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        return new ChildProcess.Result(process.waitFor(), out, err);
    }

    private ChildProcess.Result run(String... args) throws Exception {
        return run(project.resolve("latchkey"), args);
    }

    @Test
    void builds_once_and_is_quiet_after() throws Exception {
        ChildProcess.Result first = run("version");
        assertThat(first.err()).isEqualTo("latchkey: building, which takes a minute the first time\n");
        assertThat(first.out()).startsWith("latchkey ");
        assertThat(run("version")).isEqualTo(new ChildProcess.Result(0, first.out(), ""));
    }

    @Test
    void builds_again_what_was_edited() throws Exception {
        run("version");
        Path source = Files.createFile(project.resolve("adapters-cli/src/main/New.java"));
        assertThat(run("version").err()).contains("building");
        assertThat(run("version").err()).isEmpty();
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(run("version").err()).contains("building");
    }

    @Test
    void shows_why_a_build_failed() throws Exception {
        building("echo 'this is why'; exit 3");
        ChildProcess.Result failed = run("version");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("this is why\n").endsWith("latchkey: the build failed, see above\n");
    }

    @Test
    void runs_from_anywhere_through_any_links_and_passes_the_exit_code_on() throws Exception {
        run("version");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a project/latchkey"));
        Path linkToLink = Files.createSymbolicLink(folder.resolve("link to link"), link);
        assertThat(run(linkToLink, "create", "token", "--admin", "--format", "token"))
                .satisfies(done -> assertThat(done.out()).startsWith("apiv3_"))
                .extracting(ChildProcess.Result::code)
                .isEqualTo(0);
        assertThat(run(linkToLink, "create", "token", "--admin").code()).isEqualTo(1);
        assertThat(run(linkToLink, "create", "tokens").code()).isEqualTo(2);
    }

    @Test
    void understands_every_name_whatever_the_locale() throws Exception {
        run("version");
        run("create", "token", "--admin", "--name", "Zoë 🔑");
        assertThat(run("show", "tokens", "--format", "csv").out()).contains("0,Zoë 🔑,");
    }

    @Test
    void passes_signals_on() throws Exception {
        run("version");
        Process server = start(project.resolve("latchkey"), "serve", "--http-bind", "127.0.0.1:0");
        try (var out = server.inputReader(UTF_8)) {
            assertThat(out.readLine()).contains("listens on");
            server.destroy();
            assertThat(server.waitFor()).isZero();
        } finally {
            server.destroyForcibly();
        }
    }
}
