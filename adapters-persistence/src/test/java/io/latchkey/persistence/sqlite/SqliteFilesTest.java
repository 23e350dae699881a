package io.latchkey.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteFilesTest {
    private final DatabaseFiles files = new SqliteFiles();

    @TempDir
    Path dir;

    private Path file;
    private Path copy;

    @BeforeEach
    void two_tokens() throws IOException {
        file = dir.resolve("latchkey.db");
        copy = Files.createDirectory(dir.resolve("copies")).resolve("copy of what?.db");
        try (TokenStore store = SqliteTokenStore.open(file)) {
            Fixtures.issue(store, "a");
            Fixtures.issue(store, "b");
        }
    }

    @Test
    void a_copy_is_made_during_writes_and_is_one_private_file() throws IOException {
        try (TokenStore store = SqliteTokenStore.open(file)) {
            Fixtures.issue(store, "c");
            LedgerCheck.Whole whole = files.backUp(file, copy, Existing.KEPT);
            assertThat(whole).isEqualTo(store.check(Optional.empty()));
            Fixtures.revoke(store, "c");
            DatabaseFiles.Copy examined = files.examine(copy);
            assertThat(examined.instance()).isEqualTo(store.instanceId());
            assertThat(examined.check()).isEqualTo(whole);
            assertThat(examined.snapshot().tokens())
                    .extracting(token -> token.name().value())
                    .containsExactly("a", "b", "c");
        }
        assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(fromString("rw-------"));
        assertAlone(copy);
    }

    @Test
    void an_existing_file_is_replaced_only_on_request() throws IOException {
        Files.writeString(copy, "something else");
        assertThatThrownBy(() -> files.backUp(file, copy, Existing.KEPT))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(copy + " already exists: replace it with --force");
        assertThat(copy).hasContent("something else");
        files.backUp(file, copy, Existing.REPLACED);
        assertThat(files.examine(copy).snapshot().revision()).isEqualTo(2);
        assertAlone(copy);
    }

    @Test
    void a_database_with_a_broken_ledger_is_not_copied() throws Exception {
        Fixtures.sql(file, "UPDATE ledger SET at = at + 1 WHERE revision = 2");
        assertThatThrownBy(() -> files.backUp(file, copy, Existing.KEPT))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(file + " has a broken ledger: find the entry with `latchkey verify ledger`");
        assertThat(copy.getParent()).isEmptyDirectory();
    }

    @Test
    void an_intact_received_copy_is_saved_unchanged() throws IOException {
        byte[] sent = sent();
        try (TokenStore store = SqliteTokenStore.open(file)) {
            assertThat(files.backUp(() -> stream(sent, sent.length), copy, Existing.KEPT))
                    .isEqualTo(store.check(Optional.empty()));
        }
        assertThat(Files.readAllBytes(copy)).isEqualTo(sent);
        assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(fromString("rw-------"));
        assertThatThrownBy(() -> files.backUp(
                        () -> {
                            throw new AssertionError("asked in vain");
                        },
                        copy,
                        Existing.KEPT))
                .hasMessage(copy + " already exists: replace it with --force");
        Files.writeString(copy, "something else");
        files.backUp(() -> stream(sent, sent.length), copy, Existing.REPLACED);
        assertThat(Files.readAllBytes(copy)).isEqualTo(sent);
        assertAlone(copy);
    }

    @Test
    void a_broken_received_copy_is_not_saved() throws Exception {
        byte[] sent = sent();
        Fixtures.sql(file, "UPDATE ledger SET at = at + 1 WHERE revision = 2");
        byte[] forged = Files.readAllBytes(file);
        for (StoreBackup wrong : List.of(
                stream(sent, sent.length + 1),
                stream(sent, sent.length - 1),
                stream(Arrays.copyOf(sent, sent.length - 4096), sent.length - 4096),
                stream("<html>".repeat(1000).getBytes(UTF_8), 6000),
                stream(new byte[0], 0),
                stream(forged, forged.length))) {
            assertThatThrownBy(() -> files.backUp(() -> wrong, copy, Existing.KEPT))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessageStartingWith("the received copy ");
            assertThat(copy.getParent()).isEmptyDirectory();
        }
        assertThatThrownBy(() -> files.backUp(
                        () -> {
                            throw new AuthorityUnavailable("nobody there");
                        },
                        copy,
                        Existing.KEPT))
                .hasMessage("nobody there");
        assertThat(copy.getParent()).isEmptyDirectory();
    }

    private byte[] sent() throws IOException {
        try (TokenStore store = SqliteTokenStore.open(file);
                StoreBackup sent = store.backUp()) {
            return sent.content().readAllBytes();
        }
    }

    private static StoreBackup stream(byte[] content, long length) {
        return new StoreBackup(length, new ByteArrayInputStream(content));
    }

    @Test
    void a_copy_replaces_a_missing_database() throws IOException {
        LedgerCheck.Whole whole = files.backUp(file, copy, Existing.KEPT);
        byte[] before = Files.readAllBytes(copy);
        Path restored = dir.resolve("new/folder/latchkey.db");
        files.restore(copy, restored, Existing.KEPT);
        assertThat(Files.getPosixFilePermissions(restored)).isEqualTo(fromString("rw-------"));
        try (TokenStore store = SqliteTokenStore.open(restored)) {
            assertThat(store.check(Optional.empty())).isEqualTo(whole);
            Fixtures.issue(store, "c");
        }
        assertThat(Files.readAllBytes(copy)).isEqualTo(before);
        assertAlone(copy);
    }

    @Test
    void an_existing_database_or_one_in_use_is_not_replaced() {
        files.backUp(file, copy, Existing.KEPT);
        assertThatThrownBy(() -> files.restore(copy, file, Existing.KEPT))
                .hasMessage(file + " already exists: replace it with --replace");
        try (TokenStore store = SqliteTokenStore.open(file)) {
            Fixtures.issue(store, "c");
            assertThatThrownBy(() -> files.restore(copy, file, Existing.REPLACED))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(file + " is in use: stop the server that has it open");
            Fixtures.issue(store, "d");
            assertThat(store.revision()).isEqualTo(4);
        }
        files.restore(copy, file, Existing.REPLACED);
        try (TokenStore store = SqliteTokenStore.open(file)) {
            assertThat(store.revision()).isEqualTo(2);
            assertThat(store.firstBroken()).isEmpty();
        }
    }

    @Test
    void the_refusal_to_replace_another_file_does_not_call_it_in_use() throws IOException {
        files.backUp(file, copy, Existing.KEPT);
        Path other = Files.writeString(dir.resolve("other.db"), "something else, and long enough ".repeat(100));
        assertThatThrownBy(() -> files.restore(copy, other, Existing.REPLACED))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageStartingWith(other + " is not a database, or is damaged: ");
        assertThat(other).content().startsWith("something else");
        assertThatThrownBy(() -> files.examine(dir)).hasMessage(dir + " is not a file: give the path of a file");
    }

    @Test
    void a_missing_foreign_or_broken_copy_is_not_restored() throws Exception {
        Path target = dir.resolve("target.db");
        assertThatThrownBy(() -> files.restore(copy, target, Existing.KEPT)).hasMessage("there is no file " + copy);
        Files.writeString(copy, "something else, and long enough to be looked at ".repeat(100));
        assertThatThrownBy(() -> files.restore(copy, target, Existing.KEPT)).isInstanceOf(AuthorityUnavailable.class);
        files.backUp(file, copy, Existing.REPLACED);
        Fixtures.sql(copy, "DELETE FROM ledger WHERE revision = 1");
        assertThatThrownBy(() -> files.restore(copy, target, Existing.KEPT))
                .hasMessage(copy + " has a broken ledger: find the entry with `latchkey verify ledger`");
        assertThatThrownBy(() -> files.examine(copy)).isInstanceOf(AuthorityUnavailable.class);
        assertThat(target).doesNotExist();
    }

    @Test
    void the_log_of_a_deleted_database_prevents_a_restore() throws IOException {
        files.backUp(file, copy, Existing.KEPT);
        Path target = dir.resolve("target.db");
        Files.writeString(dir.resolve("target.db-wal"), "x");
        assertThatThrownBy(() -> files.restore(copy, target, Existing.KEPT))
                .hasMessage(target + "-wal belongs to a database that no longer exists: move it away first");
    }

    @Test
    void a_copy_never_replaces_its_database_by_another_spelling_or_link() throws IOException {
        Path link = Files.createSymbolicLink(dir.resolve("link.db"), file);
        Path twin = Files.createLink(dir.resolve("twin.db"), file);
        Path folder = Files.createSymbolicLink(dir.resolve("folder"), dir);
        byte[] before = Files.readAllBytes(file);
        for (Path name : List.of(
                file,
                link,
                twin,
                folder.resolve("latchkey.db"),
                dir.resolve("copies/../latchkey.db"),
                folder.resolve("LATCHKEY.db"))) {
            assertThatThrownBy(() -> files.backUp(file, name, Existing.REPLACED))
                    .as(name.toString())
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(name + " is the database: give the name of another file");
        }
        for (String suffix : List.of("-wal", "-shm", "-journal", "-WAL")) {
            Path name = folder.resolve("latchkey.db" + suffix);
            assertThatThrownBy(() -> files.backUp(file, name, Existing.KEPT))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(name + " belongs to the database " + file + ": give another name");
            assertThatThrownBy(() -> files.refuseOutput(name, link)).isInstanceOf(AuthorityUnavailable.class);
            assertThatThrownBy(() -> files.refuseDatabase(name)).isInstanceOf(AuthorityUnavailable.class);
            assertThat(name).doesNotExist();
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void a_copy_never_replaces_another_database_in_use() throws IOException {
        Path other = dir.resolve("other.db");
        try (TokenStore store = SqliteTokenStore.open(other)) {
            Fixtures.issue(store, "theirs");
            assertThatThrownBy(() -> files.backUp(file, other, Existing.REPLACED))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(other + " is a database in use: give the name of another file");
            assertThat(store.revision()).isEqualTo(1);
        }
        files.backUp(file, other, Existing.REPLACED);
        assertThat(files.examine(other).snapshot().revision()).isEqualTo(2);
    }

    @Test
    void a_copy_replaces_another_copy_that_a_killed_process_had_open() throws IOException {
        Path other = dir.resolve("other.db");
        Path killed = dir.resolve("killed.db");
        try (TokenStore store = SqliteTokenStore.open(killed)) {
            Fixtures.issue(store, "theirs");
            for (String suffix : List.of("", "-wal", "-shm")) {
                Files.copy(dir.resolve("killed.db" + suffix), dir.resolve("other.db" + suffix));
            }
        }
        assertThat(dir.resolve("other.db-wal")).isNotEmptyFile();
        files.backUp(file, other, Existing.REPLACED);
        assertThat(dir.resolve("other.db-wal")).doesNotExist();
        assertThat(dir.resolve("other.db-shm")).doesNotExist();
        assertThat(files.examine(other).snapshot().revision()).isEqualTo(2);
    }

    @Test
    void other_outputs_never_replace_a_database() throws IOException {
        files.backUp(file, copy, Existing.KEPT);
        Path link = Files.createSymbolicLink(dir.resolve("link.db"), copy);
        for (Path name : List.of(copy, link)) {
            assertThatThrownBy(() -> files.refuseDatabase(name))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(name + " is a Latchkey database: give the name of another file");
        }
        files.refuseDatabase(Files.writeString(dir.resolve("tokens.csv"), "id,name\n"));
        files.refuseDatabase(dir.resolve("tokens.csv-wal"));
        files.refuseDatabase(dir.resolve("new.csv"));
    }

    @Test
    void a_restore_through_a_link_keeps_the_link() throws IOException {
        files.backUp(file, copy, Existing.KEPT);
        try (TokenStore store = SqliteTokenStore.open(file)) {
            Fixtures.issue(store, "c");
        }
        Path link = Files.createSymbolicLink(dir.resolve("link.db"), file);
        files.restore(copy, link, Existing.REPLACED);
        assertThat(link).isSymbolicLink();
        assertThat(files.examine(file).snapshot().revision()).isEqualTo(2);
        assertThatThrownBy(() -> files.restore(file, link, Existing.REPLACED))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(file + " is the database: give the name of another file");
    }

    /** Asserts that a copy has no files beside it. */
    private static void assertAlone(Path copy) throws IOException {
        try (Stream<Path> beside = Files.list(copy.getParent())) {
            assertThat(beside).containsExactly(copy);
        }
    }
}
