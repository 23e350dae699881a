package io.latchkey.cli.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Existing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFileTest {
    @TempDir
    private Path dir;

    @Test
    void takes_the_place_of_what_was_there_if_told_and_is_its_owners() throws IOException {
        Path file = dir.resolve("tokens.csv");
        Files.writeString(file, "before");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        new OutputFile(file, Existing.REPLACED).write("ü after\n");
        assertThat(file).content().isEqualTo("ü after\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(dir.toFile().list()).containsExactly("tokens.csv");
    }

    @Test
    void keeps_what_is_there() throws IOException {
        Path file = dir.resolve("tokens.csv");
        Files.writeString(file, "before");
        assertThatThrownBy(() -> new OutputFile(file, Existing.KEPT).write("after"))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(file + " already exists: replace it with --force");
        assertThat(file).content().isEqualTo("before");
        assertThat(dir.toFile().list()).containsExactly("tokens.csv");
    }

    @Test
    void leaves_nothing_where_it_cannot_be() {
        Path folder = dir.resolve("folder");
        folder.toFile().mkdir();
        assertThatThrownBy(() -> new OutputFile(folder, Existing.REPLACED).write("text"))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage("cannot write " + folder + ": it is not a regular file");
        assertThat(dir.toFile().list()).containsExactly("folder");
    }

    @Test
    void does_not_follow_a_link() throws IOException {
        Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("elsewhere"));
        for (Existing existing : Existing.values()) {
            assertThatThrownBy(() -> new OutputFile(link, existing).write("text"))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage("cannot write " + link + ": it is a link; give the name of the file itself");
        }
        assertThat(dir.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void says_which_folder_is_missing() {
        Path file = dir.resolve("no/such/tokens.csv");
        assertThatThrownBy(() -> new OutputFile(file, Existing.KEPT).write("text"))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage("cannot write in " + file.getParent() + ": there is no directory " + file.getParent());
    }
}
