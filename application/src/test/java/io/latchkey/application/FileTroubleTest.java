package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a file cannot be used, as far as root can be told; other users are in {@code PermissionsIT}. */
final class FileTroubleTest {
    @TempDir
    private Path folder;

    @Test
    void each_reason_not_to_be_read_is_told_from_the_others() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(FileProblem.reading(file, new MalformedInputException(1)))
                .isEqualTo("it is not text in UTF-8 or UTF-16");
        assertThat(FileProblem.reading(folder.resolve("none"), new NoSuchFileException("none")))
                .isEqualTo("there is no such file");
        assertThat(FileProblem.reading(folder, new IOException("Is a directory")))
                .isEqualTo("it is a folder");
        assertThat(FileProblem.reading(file, new FileSystemException("file", null, "Too many open files")))
                .isEqualTo("Too many open files");
        assertThat(FileProblem.reading(file, new AccessDeniedException("file"))).isEqualTo("it cannot be opened");
    }

    @Test
    void each_reason_not_to_be_made_is_told_from_the_others() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path none = folder.resolve("none");
        assertThat(FileProblem.making(none, new NoSuchFileException("x"))).isEqualTo("there is no directory " + none);
        assertThat(FileProblem.making(file.resolve("below"), new FileSystemException("x", null, "Not a directory")))
                .isEqualTo(file + " is not a folder");
        assertThat(FileProblem.making(folder, new FileSystemException("x", null, "No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(FileProblem.making(folder, new IOException())).isEqualTo("it cannot be written");
    }

    @Test
    void nothing_keeps_the_owner_from_his_own_file() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(FileProblem.keepsFromReading(file)).isEmpty();
        assertThat(FileProblem.keepsFromWriting(file)).isEmpty();
        assertThat(FileProblem.keepsFromMaking(folder)).isEmpty();
        assertThat(FileProblem.keepsFromReading(folder.resolve("none"))).isEmpty();
    }
}
