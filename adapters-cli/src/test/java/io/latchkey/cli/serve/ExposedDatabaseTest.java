package io.latchkey.cli.serve;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExposedDatabaseTest {
    @TempDir
    private Path dir;

    @Test
    void no_server_starts_on_a_file_that_every_user_can_write() throws IOException {
        Path file = Files.createFile(dir.resolve("latchkey.db"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> new ExposedDatabase(file).check())
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(file + " has mode 0666: every user of this machine could change the tokens; run chmod 600"
                        + " first");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatCode(() -> new ExposedDatabase(file).check()).doesNotThrowAnyException();
        assertThatCode(() -> new ExposedDatabase(dir.resolve("new/latchkey.db")).check())
                .doesNotThrowAnyException();
    }
}
