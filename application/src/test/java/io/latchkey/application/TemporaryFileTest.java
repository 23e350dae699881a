package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.DatabaseFiles.Existing;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that come into being whole or not at all, and the folders in which they are made. */
final class TemporaryFileTest {
    @TempDir
    private Path folder;

    private List<String> content() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void a_file_appears_with_its_whole_content_and_for_its_owner_only() throws IOException {
        Path target = folder.resolve("target");
        try (TemporaryFile file = TemporaryFile.in(folder)) {
            Files.writeString(file.path(), "whole");
            assertThat(target).doesNotExist();
            assertThat(mode(file.path())).isEqualTo("rw-------");
            assertThat(mode(TemporaryFile.parent(file.path()))).isEqualTo("rwx------");
            file.publish(target, Existing.KEPT);
            assertThat(target).hasContent("whole");
            assertThat(mode(target)).isEqualTo("rw-------");
        }
        assertThat(content()).containsExactly("target");
    }

    @Test
    void an_existing_file_is_kept_or_replaced_as_asked() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "old");
        try (TemporaryFile file = TemporaryFile.in(folder)) {
            Files.writeString(file.path(), "new");
            assertThatThrownBy(() -> file.publish(target, Existing.KEPT))
                    .isInstanceOf(FileAlreadyExistsException.class);
            assertThat(target).hasContent("old");
            file.publish(target, Existing.REPLACED);
            assertThat(target).hasContent("new");
        }
        assertThat(content()).containsExactly("target");
    }

    @Test
    void a_file_that_is_not_published_leaves_nothing_behind() throws IOException {
        try (TemporaryFile file = TemporaryFile.in(folder)) {
            Files.writeString(file.path().resolveSibling("draft-wal"), "beside it");
            assertThat(content()).hasSize(1);
        }
        assertThat(content()).isEmpty();
    }

    @Test
    void a_folder_that_cannot_be_written_is_named() {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> TemporaryFile.in(none))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage("cannot write in " + none + ": there is no directory " + none);
    }

    @Test
    void what_cannot_be_written_is_refused_before() throws IOException {
        Path target = folder.resolve("target");
        TemporaryFile.refuse(target, Existing.KEPT);
        Files.writeString(target, "old");
        TemporaryFile.refuse(target, Existing.REPLACED);
        assertRefused(target, Existing.KEPT, target + " already exists: replace it with --force");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("none"));
        for (Path each : List.of(link, dangling)) {
            assertRefused(
                    each,
                    Existing.REPLACED,
                    "cannot write " + each + ": it is a link; give the name of the file itself");
        }
        assertRefused(folder, Existing.REPLACED, "cannot write " + folder + ": it is not a regular file");
    }

    private static void assertRefused(Path target, Existing existing, String sentence) {
        assertThatThrownBy(() -> TemporaryFile.refuse(target, existing))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(sentence);
    }

    @Test
    void a_failure_is_explained() {
        Path target = folder.resolve("none").resolve("target");
        assertThat(TemporaryFile.refusal(target, new FileAlreadyExistsException("x")))
                .hasMessage(target + " already exists: replace it with --force");
        assertThat(TemporaryFile.refusal(target, new NoSuchFileException("x")))
                .hasMessage("cannot write " + target + ": there is no directory " + folder.resolve("none"));
    }

    @Test
    void permissions_are_those_that_were_asked_for() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        TemporaryFile.setPermissions(file, PosixFilePermissions.fromString("r--r-----"));
        assertThat(mode(file)).isEqualTo("r--r-----");
        TemporaryFile.giveToOwnerOf(folder, file);
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(Files.getAttribute(folder, "unix:uid"));
    }

    @Test
    void the_folder_of_a_file_is_known_wherever_the_program_runs() {
        assertThat(TemporaryFile.parent(Path.of("file"))).isEqualTo(Path.of("").toAbsolutePath());
        assertThat(TemporaryFile.parent(Path.of("/"))).isEqualTo(Path.of("/"));
    }

    @Test
    void folders_of_killed_processes_are_removed_and_no_others() throws IOException {
        Path killed = Files.createDirectory(folder.resolve(".latchkey-1-killed"));
        for (String name : List.of("lock", "draft", "draft-journal")) {
            Files.writeString(killed.resolve(name), "");
        }
        Files.createDirectory(folder.resolve(".latchkey-2-killed-early"));
        Path foreign = Files.createDirectory(folder.resolve(".latchkey-3-foreign"));
        Files.writeString(foreign.resolve("lock"), "");
        Files.writeString(foreign.resolve("letter"), "of somebody");
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("lock"), "");
        Path linked = Files.createSymbolicLink(folder.resolve(".latchkey-4-link"), other);
        try (TemporaryFile file = TemporaryFile.in(folder)) {
            Files.writeString(file.path(), "in use");
            TemporaryFolder.removeAbandoned(folder);
            assertThat(file.path()).hasContent("in use");
            assertThat(content())
                    .contains(".latchkey-3-foreign", ".latchkey-4-link", "other")
                    .doesNotContain(".latchkey-1-killed", ".latchkey-2-killed-early");
        }
        assertThat(foreign.resolve("letter")).exists();
        assertThat(other.resolve("lock")).exists();
        assertThat(Files.exists(linked, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }
}
