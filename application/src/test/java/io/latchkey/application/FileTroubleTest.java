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

/** Sentences about unusable files, in the cases that also concern root; {@code PermissionsIT} covers other users. */
final class FileTroubleTest {
    @TempDir
    private Path folder;

    @Test
    void each_cause_of_a_failed_read_has_its_own_sentence() throws IOException {
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
    void each_cause_of_a_failed_creation_has_its_own_sentence() throws IOException {
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
    void the_owner_of_a_file_may_use_it() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(FileProblem.keepsFromReading(file)).isEmpty();
        assertThat(FileProblem.keepsFromWriting(file)).isEmpty();
        assertThat(FileProblem.keepsFromMaking(folder)).isEmpty();
        assertThat(FileProblem.keepsFromReading(folder.resolve("none"))).isEmpty();
    }
}
