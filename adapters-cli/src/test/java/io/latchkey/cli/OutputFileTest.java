package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
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
    void takes_the_place_of_what_was_there_and_is_its_owners() throws IOException {
        Path file = dir.resolve("tokens.csv");
        Files.writeString(file, "before");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        new OutputFile(file).write("ü after\n");
        assertThat(file).content().isEqualTo("ü after\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(dir).isDirectoryContaining(found -> found.equals(file));
        assertThat(dir.toFile().list()).hasSize(1);
    }

    @Test
    void leaves_nothing_where_it_cannot_be() {
        Path folder = dir.resolve("folder");
        folder.toFile().mkdir();
        assertThatThrownBy(() -> new OutputFile(folder).write("text"))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageStartingWith("cannot write the file " + folder);
        assertThat(dir.toFile().list()).containsExactly("folder");
    }
}
