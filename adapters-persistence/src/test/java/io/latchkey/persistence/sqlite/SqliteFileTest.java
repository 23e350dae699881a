package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.TemporaryFile;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.TokenSecret;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteFileTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name_a_file() {
        file = directory.resolve("latchkey.db");
    }

    @Test
    void a_new_file_may_not_have_the_name_of_a_file_beside_another() {
        for (String suffix : List.of("-wal", "-shm", "-journal", "-WAL")) {
            Path beside = directory.resolve("new/latchkey.db" + suffix);
            try (TokenStore store = SqliteTokenStore.open(beside)) {
                assertThatThrownBy(store::snapshot)
                        .isInstanceOf(AuthorityUnavailable.class)
                        .hasMessageStartingWith(beside + " cannot be a database: ");
            }
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void a_new_file_has_schema_application_id_and_write_ahead_log() throws SQLException {
        make();
        assertThat(Fixtures.query(file, "PRAGMA user_version")).isEqualTo(Integer.toString(Schema.VERSION));
        assertThat(Fixtures.query(file, "PRAGMA application_id")).isEqualTo(Integer.toString(Schema.APPLICATION_ID));
        assertThat(Fixtures.query(file, "PRAGMA journal_mode")).isEqualTo("wal");
        assertThat(Fixtures.query(
                        file,
                        "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_schema"
                                + " WHERE type = 'table' ORDER BY name)"))
                .isEqualTo(
                        "delivery_turn end_notice former_secret instance ledger notice owed_notice token token_use use_history");
    }

    @Test
    void refuses_an_empty_file() throws IOException {
        Files.createFile(file);
        refuses("is empty: delete it, then Latchkey creates a new database");
    }

    @Test
    void many_threads_create_one_file_at_once() throws Exception {
        try (var executor = Executors.newFixedThreadPool(8)) {
            for (int round = 0; round < 20; round++) {
                Path made = directory.resolve("made" + round).resolve("latchkey.db");
                Callable<SqliteConnection> connecting = () -> new SqliteFile(made).connect();
                for (var connected : executor.invokeAll(Collections.nCopies(8, connecting))) {
                    connected.get().closeForGood();
                }
                try (Stream<Path> files = Files.list(directory.resolve("made" + round))) {
                    assertThat(files).containsExactly(made);
                }
            }
        }
    }

    @Test
    void opening_a_file_again_does_not_change_it() throws IOException {
        make();
        byte[] before = Files.readAllBytes(file);
        try (TokenStore store = SqliteTokenStore.open(file)) {
            assertThat(store.revision()).isEqualTo(1);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void every_connection_is_hardened() throws SQLException {
        SqliteFile store = new SqliteFile(file);
        for (int i = 0; i < 2; i++) {
            var connection = store.connect();
            try (var statement = connection.createStatement()) {
                for (String pragma : List.of(
                        "foreign_keys 1",
                        "trusted_schema 0",
                        "cell_size_check 1",
                        "synchronous 2",
                        "busy_timeout 5000")) {
                    String[] parts = pragma.split(" ", 2);
                    try (var row = statement.executeQuery("PRAGMA " + parts[0])) {
                        assertThat(row.getString(1)).as(parts[0]).isEqualTo(parts[1]);
                    }
                }
            }
            connection.closeForGood();
        }
    }

    @Test
    void a_path_may_contain_any_character() {
        file = directory.resolve("a ?b=c&d #e %41 ü.db");
        make();
        assertThat(file).exists();
        try (TokenStore store = SqliteTokenStore.open(file)) {
            assertThat(store.revision()).isEqualTo(1);
        }
    }

    @Test
    void refuses_a_file_of_a_newer_latchkey() throws Exception {
        make();
        int newer = Schema.VERSION + 1;
        Fixtures.sql(file, "PRAGMA user_version = " + newer);
        refuses("was written by a newer Latchkey (schema %d, this one supports %d): use that version or a newer one"
                .formatted(newer, Schema.VERSION));
    }

    @Test
    void refuses_a_text() throws IOException {
        Files.writeString(file, "no database, but a text that is long enough to be taken for a page".repeat(100));
        refuses("is not a Latchkey database: give the path of one, or of a file that does not exist yet");
    }

    @Test
    void refuses_a_short_text() throws IOException {
        Files.writeString(file, "x");
        refuses("is not a Latchkey database: give the path of one, or of a file that does not exist yet");
    }

    @Test
    void refuses_a_database_of_another_program() throws Exception {
        Fixtures.sql(file, "CREATE TABLE token (x)");
        refuses("is not a Latchkey database: give the path of one, or of a file that does not exist yet");
        Fixtures.sql(file, "PRAGMA journal_mode = WAL");
        refuses("is not a Latchkey database: give the path of one, or of a file that does not exist yet");
    }

    @Test
    void refuses_a_truncated_file() throws IOException {
        make();
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 4096));
        refuses("is damaged: restore a backup");
    }

    @Test
    void refuses_an_overwritten_file() throws IOException {
        make();
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 100, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);
        refuses("is damaged: restore a backup");
    }

    @Test
    void a_kill_during_a_checkpoint_leaves_a_usable_file() throws IOException {
        Path killed = directory.resolve("killed.db");
        int tokens = 100;
        try (TokenStore store = SqliteTokenStore.open(file)) {
            for (int i = 0; i < tokens; i++) {
                Fixtures.issue(store, "n" + i);
            }
            Files.copy(file, killed);
            Files.copy(log(file), log(killed));
        }
        // Closing wrote the log into the file; the truncated copy has only the first page.
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(killed, StandardOpenOption.WRITE)) {
            assertThat(from.size()).isGreaterThan(Files.size(killed));
            assertThat(from.transferTo(0, 4096, to)).isEqualTo(4096);
        }
        try (TokenStore store = SqliteTokenStore.open(killed)) {
            assertThat(store.snapshot().tokens()).hasSize(tokens);
            assertThat(store.firstBroken()).isEmpty();
        }
    }

    @Test
    void refuses_to_create_a_file_beside_the_log_of_a_deleted_one() throws IOException {
        Path kept = directory.resolve("kept");
        try (TokenStore store = SqliteTokenStore.open(file)) {
            Fixtures.issue(store, "first");
            Files.copy(log(file), kept);
        }
        Files.delete(file);
        Files.move(kept, log(file));
        byte[] before = Files.readAllBytes(log(file));
        assertUnavailable(log(file) + " belongs to a database that no longer exists: move it away first");
        assertThat(file).doesNotExist();
        assertThat(log(file)).hasBinaryContent(before);
    }

    @Test
    void refuses_a_directory() {
        file = directory;
        assertUnavailable(file + " is not a file: give the path of a file");
    }

    @Test
    void refuses_a_path_below_a_file() throws IOException {
        Path parent = Files.createFile(directory.resolve("file"));
        file = parent.resolve("latchkey.db");
        assertUnavailable(file + " cannot be created: " + parent + " is not a folder");
    }

    @Test
    void refuses_a_path_in_a_folder_that_cannot_be_written() {
        // Not even root can create a file there.
        file = Path.of("/proc/latchkey/latchkey.db");
        assertThatThrownBy(() -> SqliteTokenStore.open(file).snapshot())
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageStartingWith(file + " cannot be created: ");
    }

    @Test
    void refuses_a_read_only_directory() throws Exception {
        make();
        byte[] before = Files.readAllBytes(file);
        try (OtherProcess other = OtherProcess.issuingReadOnly(file, "x")) {
            boolean root = System.getProperty("user.name").equals("root");
            assertThat(other.line())
                    .startsWith(file + " cannot be used: ")
                    .contains(root ? "mounted read-only" : "this user may not write in " + directory + " (owner ");
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void a_raw_copy_in_a_read_only_directory_is_read() throws Exception {
        make();
        try (OtherProcess other = OtherProcess.issuingReadOnly(file, "?")) {
            assertThat(other.line()).isEqualTo("1 true 1 []");
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void a_log_that_cannot_be_read_is_not_ignored() throws Exception {
        Path copy = Files.createDirectory(directory.resolve("copy")).resolve("latchkey.db");
        try (TokenStore store = SqliteTokenStore.open(file)) {
            Fixtures.issue(store, "first");
            Files.copy(file, copy);
            Files.copy(log(file), log(copy));
        }
        try (OtherProcess other = OtherProcess.issuingReadOnly(copy, "?")) {
            assertThat(other.line())
                    .isEqualTo(
                            log(copy)
                                    + " contains changes that can be read only in a folder this user can write: copy both files there");
        } finally {
            Files.setPosixFilePermissions(copy.getParent(), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void a_missing_temporary_folder_is_not_reported_as_damage_of_the_file() throws Exception {
        make();
        try (OtherProcess other = OtherProcess.readingWithoutTemporaryFolder(file)) {
            assertThat(other.line())
                    .isEqualTo("cannot write in /no/such/folder: there is no directory /no/such/folder");
        }
    }

    @Test
    void only_temporary_files_of_killed_processes_are_removed() throws Exception {
        make();
        try (OtherProcess other = OtherProcess.drafting(file);
                TemporaryFile ours = TemporaryFile.in(directory)) {
            Path theirs = Path.of(other.line());
            Files.writeString(Path.of(theirs + "-wal"), "x");
            make("while it lives");
            assertThat(theirs).exists();
            other.kill();
            assertThat(other.rest()).isEmpty();
            make("after it was killed");
            assertThat(TemporaryFile.parent(theirs)).doesNotExist();
            assertThat(ours.path()).exists();
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void files_that_root_creates_belong_to_the_owner_of_the_folder() throws Exception {
        boolean root = Files.getAttribute(directory, "unix:uid").equals(0);
        int owner = root ? 4321 : (int) Files.getAttribute(directory, "unix:uid");
        Files.setAttribute(directory, "unix:uid", owner);
        file = directory.resolve("new/folder/latchkey.db");
        make();
        Path copy = directory.resolve("copy.db");
        var files = new SqliteFiles();
        files.backUp(file, copy, Existing.KEPT);
        Path restored = directory.resolve("other/latchkey.db");
        files.restore(copy, restored, Existing.KEPT);
        files.restore(copy, file, Existing.REPLACED);
        for (Path made : List.of(file, file.getParent(), restored, restored.getParent())) {
            assertThat(Files.getAttribute(made, "unix:uid")).as(made.toString()).isEqualTo(owner);
        }
    }

    @Test
    void is_created_after_the_obstacle_is_removed() throws IOException {
        Files.writeString(file, "no database");
        try (TokenStore store = SqliteTokenStore.open(file)) {
            assertThatThrownBy(() -> store.snapshot()).isInstanceOf(AuthorityUnavailable.class);
            Files.delete(file);
            assertThat(store.snapshot().tokens()).isEmpty();
        }
    }

    @Test
    void no_secret_is_in_any_file() throws IOException {
        var random = new SecureRandom();
        var secrets = new ArrayList<String>();
        try (TokenStore store = SqliteTokenStore.open(file)) {
            for (int i = 0; i < 20; i++) {
                TokenSecret secret = TokenSecret.generate(random);
                secrets.add(secret.reveal());
                Fixtures.issue(store, "n" + i, secret);
            }
            try (Stream<Path> files = Files.list(directory)) {
                List<Path> all = files.toList();
                assertThat(all).hasSize(3);
                for (Path each : all) {
                    String bytes = Files.readString(each, StandardCharsets.ISO_8859_1);
                    assertThat(bytes).doesNotContain("apiv3_").doesNotContain(secrets);
                }
            }
        }
    }

    @Test
    void no_file_is_created_before_the_store_is_used() {
        try (TokenStore store = SqliteTokenStore.open(file)) {
            assertThat(file).doesNotExist();
            assertThat(store.revision()).isZero();
            assertThat(file).exists();
        }
    }

    @Test
    void there_is_no_bean_without_a_path() {
        try (ApplicationContext context = ApplicationContext.run()) {
            assertThat(context.findBean(TokenStore.class)).isEmpty();
        }
    }

    private void make() {
        make("first");
    }

    private void make(String name) {
        try (TokenStore store = SqliteTokenStore.open(file)) {
            Fixtures.issue(store, name);
        }
    }

    private void refuses(String sentence) throws IOException {
        byte[] before = Files.readAllBytes(file);
        assertUnavailable(file + " " + sentence);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(log(file)).doesNotExist();
    }

    private static Path log(Path file) {
        return Path.of(file + "-wal");
    }

    private void assertUnavailable(String sentence) {
        try (TokenStore store = SqliteTokenStore.open(file)) {
            assertThatThrownBy(() -> store.revision())
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(sentence);
        }
    }
}
