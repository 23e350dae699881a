package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image on file systems that can do less, such as those of USB sticks and network shares. Their refusals are injected
 * into system calls, since not every kernel can mount them.
 */
class LesserFileSystemsIT {
    /** Every way in which a file gets its name, new or in the place of another. */
    private static final String COMMANDS = """
            umask 077
            latchkey() { "$LAUNCHER" "$@" 2>&1 || echo "exit code $?"; }
            export LATCHKEY_DB="$PWD/latchkey.db"
            latchkey create token --admin --format token >/dev/null
            latchkey backup --output "$PWD/copy.db" | head -1
            latchkey backup --output "$PWD/copy.db"
            latchkey backup --output "$PWD/copy.db" --force | head -1
            latchkey export tokens --output "$PWD/tokens.jsonl"
            latchkey create token --admin --name ci --offline --output-file "$PWD/ci.json" >/dev/null
            latchkey create token --admin --name ci --offline --output-file "$PWD/ci.json"
            latchkey restore --from "$PWD/copy.db" --db "$PWD/restored.db" --yes >/dev/null
            latchkey restore --from "$PWD/copy.db" --replace --yes >/dev/null
            latchkey verify ledger --db "$PWD/restored.db" | head -1
            latchkey verify ledger | head -1
            wc -l < tokens.jsonl
            wc -l < ci.json
            ls -A
            """;

    @TempDir
    Path home;

    @Test
    void whatever_is_written_gets_its_name_where_there_are_no_hard_links() throws Exception {
        Path folder = Files.createDirectory(home.resolve("folder"));
        assertThat(run(folder, "-e", "trace=?link,linkat", "-e", "inject=?link,linkat:error=EPERM"))
                .isEqualTo(expected(folder));
        assertThat(injected(folder)).hasSizeGreaterThan(3);
    }

    @Test
    void whatever_is_written_counts_as_written_where_folders_cannot_be_synced() throws Exception {
        Path folder = Files.createDirectory(home.resolve("folder"));
        assertThat(mounted(folder, "-e", "trace=fsync", "-P", folder.toString(), "-e", "inject=fsync:error=EINVAL"))
                .isEqualTo(expected(folder));
        assertThat(injected(folder)).hasSizeGreaterThan(3);
    }

    private static String expected(Path folder) {
        return """
                Copied to: FOLDER/copy.db
                Backup command failed: FOLDER/copy.db already exists: replace it with --force
                exit code 1
                Copied to: FOLDER/copy.db
                Failed to create token, error: FOLDER/ci.json already exists: replace it with --force
                exit code 1
                Ledger intact: 1 entry
                Ledger intact: 1 entry
                1
                4
                ci.json
                copy.db
                latchkey.db
                restored.db
                tokens.jsonl
                """.replace("FOLDER", folder.toString());
    }

    private String run(Path folder, String... fault) throws Exception {
        DebianProgram.need("strace");
        return new Program("sh").run(folder, words("exec env LAUNCHER=\"$0\" strace \"$@\"", folder, fault));
    }

    /** The same on a file system of a kind that is not known to sync folders. */
    private String mounted(Path folder, String... fault) throws Exception {
        DebianProgram.need("strace");
        return new Program("unshare")
                .run(
                        folder,
                        Stream.concat(
                                        Stream.of("--user", "--map-root-user", "--mount", "sh"),
                                        Stream.of(words(
                                                "mount -t ramfs none \"$PWD\" && cd \"$PWD\""
                                                        + " && exec env LAUNCHER=\"$0\" strace \"$@\"",
                                                folder,
                                                fault)))
                                .toArray(String[]::new));
    }

    private String[] words(String script, Path folder, String... fault) {
        return Stream.of(
                        Stream.of(
                                "-c",
                                script,
                                BuiltImage.ROOT.resolve("bin/latchkey").toString()),
                        Stream.of(
                                "-f",
                                "-qq",
                                "--seccomp-bpf",
                                "-o",
                                trace(folder).toString()),
                        Stream.of(fault),
                        Stream.of("sh", "-c", COMMANDS))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    private Path trace(Path folder) {
        return home.resolve(folder.getFileName() + ".trace");
    }

    private List<String> injected(Path folder) throws IOException {
        return Files.readAllLines(trace(folder)).stream()
                .filter(line -> line.endsWith("(INJECTED)"))
                .toList();
    }
}
