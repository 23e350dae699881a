package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.recipe.Recipe;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** git with the hook that {@code latchkey config pre-commit} prints: what a commit adds is searched, and nothing else. */
class PreCommitIT {
    private static final Path IMAGE = BuiltImage.ROOT.resolve("bin");
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path repository;

    @TempDir
    Path elsewhere;

    private final String secret = TokenSecret.generate(RANDOM).reveal();
    private final String other = TokenSecret.generate(RANDOM).reveal();

    @BeforeEach
    void make_a_repository() throws Exception {
        DebianProgram.need("git");
        git("init", "--quiet");
        git("config", "user.name", "nobody");
        git("config", "user.email", "nobody@example.org");
    }

    /** The two lines that stand in the comment. */
    private void install() throws IOException {
        String hook = Recipe.PRE_COMMIT
                .text(Map.of())
                .lines()
                .filter(line -> line.startsWith("#   "))
                .map(line -> line.substring(4))
                .collect(joining("\n", "", "\n"));
        assertThat(hook).startsWith("#!/bin/sh\n").contains("latchkey scan");
        Files.writeString(repository.resolve(".git/hooks/pre-commit"), hook);
        Files.setPosixFilePermissions(
                repository.resolve(".git/hooks/pre-commit"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void a_commit_that_adds_a_token_is_refused_however_the_file_is_written() throws Exception {
        Files.writeString(repository.resolve(".gitattributes"), "*.dat binary\n*.txt diff=upper\n*.gen -diff\n");
        git("config", "diff.upper.textconv", "tr a-z A-Z <");
        git("config", "diff.external", "true");
        install();
        assertThat(commits()).isTrue();
        for (Map.Entry<String, byte[]> file : Map.of(
                        "plain", bytes(""),
                        "attribute.dat", bytes(""),
                        "converted.txt", bytes(""),
                        "undiffed.gen", bytes(""),
                        "with-nul", bytes("\0\0\0\n"),
                        "wide", ("\uFEFF" + secret + "\r\n").getBytes(UTF_16LE),
                        "wide-unmarked", ("token=" + secret + "\r\n").getBytes(UTF_16LE),
                        "-rf", bytes(""),
                        "quoted \"ü\"\n", bytes(""))
                .entrySet()) {
            Files.write(repository.resolve(file.getKey()), file.getValue());
            assertThat(commits()).as(file.getKey()).isFalse();
            assertThat(git("diff", "--cached", "--name-only")).isNotEmpty();
            git("rm", "--quiet", "--cached", "--", file.getKey());
            Files.delete(repository.resolve(file.getKey()));
        }
        // A link is what it points to.
        Files.createSymbolicLink(repository.resolve("link"), Path.of(secret));
        assertThat(commits()).isFalse();
    }

    @Test
    void what_was_there_may_be_taken_away_moved_or_stand_beside_an_edit() throws Exception {
        Path file = repository.resolve("config");
        Files.writeString(file, "a=1\ntoken=" + secret + "\nb=2\n");
        assertThat(commits()).isTrue();
        install();
        Files.writeString(file, "a=2\ntoken=" + secret + "\nb=3\n");
        assertThat(commits()).isTrue();
        Files.move(file, repository.resolve("renamed"));
        assertThat(commits()).isTrue();
        Files.writeString(repository.resolve("renamed"), "token=" + secret + "\ntoken=" + secret + "\n");
        assertThat(commits()).as("once more is an addition").isFalse();
        Files.writeString(repository.resolve("renamed"), "token=" + other + "\n");
        assertThat(commits()).as("another is an addition").isFalse();
        Files.writeString(repository.resolve("renamed"), "token=@token\n");
        assertThat(commits()).isTrue();
    }

    @Test
    void the_index_counts_and_not_the_folder() throws Exception {
        install();
        Path file = repository.resolve("file");
        Files.writeString(file, "token=" + secret + "\n");
        git("add", "file");
        Files.writeString(file, "nothing\n");
        assertThat(run("git", "commit", "--quiet", "-m", "staged")).isNotZero();
        git("add", "file");
        Files.writeString(file, "token=" + secret + "\n");
        assertThat(run("git", "commit", "--quiet", "-m", "staged")).isZero();
        assertThat(run("git", "commit", "--quiet", "-a", "-m", "all")).isNotZero();
        Files.createDirectory(repository.resolve("below"));
        assertThat(run("git", "-C", "below", "commit", "--quiet", "-a", "-m", "all"))
                .isNotZero();
    }

    @Test
    void where_there_is_no_repository_nothing_passes() throws Exception {
        git("config", "core.bare", "true");
        assertThat(run("latchkey", "scan", "--staged")).isEqualTo(ExitCode.FAILED);
    }

    private byte[] bytes(String before) {
        return (before + "token=" + secret + "\n").getBytes(UTF_8);
    }

    private boolean commits() throws Exception {
        git("add", "--all");
        return run("git", "commit", "--quiet", "-m", "work") == 0;
    }

    private String git(String... words) throws Exception {
        String[] command = Stream.concat(Stream.of("git"), Stream.of(words)).toArray(String[]::new);
        assertThat(run(command)).as(String.join(" ", words)).isZero();
        return Files.readString(said());
    }

    private int run(String... words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said().toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().put("PATH", IMAGE + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", repository.toString());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        if (words[0].equals("latchkey")) {
            builder.command(Stream.concat(
                            Stream.of(IMAGE + "/latchkey"), Stream.of(words).skip(1))
                    .toList());
        }
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private Path said() {
        return elsewhere.resolve("said");
    }
}
