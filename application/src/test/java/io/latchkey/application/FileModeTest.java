package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileModeTest {
    @TempDir
    private Path folder;

    @Test
    void says_who_beside_the_owner_may_do_what() {
        FileMode closed = new FileMode(0700);
        assertThat(closed.isOpen()).isFalse();
        assertThat(closed.isWritableByOthers()).isFalse();
        assertThat(closed.isReadableByAll()).isFalse();
        assertThat(closed.isWritableByAll()).isFalse();
        FileMode group = new FileMode(0720);
        assertThat(group.isOpen()).isTrue();
        assertThat(group.isWritableByOthers()).isTrue();
        assertThat(group.isReadableByAll()).isFalse();
        assertThat(group.isWritableByAll()).isFalse();
        FileMode readable = new FileMode(0704);
        assertThat(readable.isOpen()).isTrue();
        assertThat(readable.isWritableByOthers()).isFalse();
        assertThat(readable.isReadableByAll()).isTrue();
        assertThat(readable.isWritableByAll()).isFalse();
        assertThat(new FileMode(0702).isWritableByAll()).isTrue();
    }

    @Test
    void is_read_from_a_file_and_written_as_chmod_takes_it() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(FileMode.of(file)).isEqualTo(new FileMode(0640)).hasToString("0640");
    }
}
