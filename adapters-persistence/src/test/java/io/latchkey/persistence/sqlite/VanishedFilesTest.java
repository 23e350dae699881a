package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.LedgerWatch;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.TokenName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files beside a database that are deleted or replaced while processes have it open. */
final class VanishedFilesTest {
    private Path file;

    @BeforeEach
    void name_a_file(@TempDir Path directory) {
        file = directory.resolve("latchkey.db");
    }

    private Path beside(String suffix) {
        return Path.of(file + suffix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-wal", "-shm"})
    void writers_and_watches_detect_a_deleted_file(String suffix) throws IOException {
        try (TokenStore store = SqliteTokenStore.open(file);
                LedgerWatch watch = store.watch()) {
            Fixtures.issue(store, "first");
            assertThat(watch.awaitRevision(0, Duration.ZERO)).isOne();
            Path kept = Files.createLink(file.resolveSibling("kept"), beside(suffix));
            Files.delete(beside(suffix));
            assertRefused(store, watch, suffix);
            Files.writeString(beside(suffix), "");
            assertRefused(store, watch, suffix);
            Files.delete(beside(suffix));
            Files.move(kept, beside(suffix));
            assertThat(Fixtures.issue(store, "second").revision()).isEqualTo(2);
        }
        assertThat(beside(suffix)).doesNotExist();
        assertNames("first", "second");
    }

    private void assertRefused(TokenStore store, LedgerWatch watch, String suffix) {
        String sentence = beside(suffix) + " is no longer the file that was opened: stop all processes that use the"
                + " database, then start them again";
        assertThatThrownBy(() -> Fixtures.issue(store, "lost"))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(sentence);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < RevisionPoller.CALLS_PER_FILE_CHECK; i++) {
                        watch.awaitRevision(0, Duration.ZERO);
                    }
                })
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-wal", "-shm"})
    void acknowledged_changes_survive_a_deleted_log_and_a_kill(String suffix) throws IOException {
        try (OtherProcess storm = OtherProcess.storming(file, "n")) {
            assertThat(storm.line()).isEqualTo("n-0");
            assertThat(storm.line()).isEqualTo("n-1");
            Files.delete(beside(suffix));
            String line = storm.line();
            int last = 1;
            while (line.equals("n-" + (last + 1))) {
                last++;
                line = storm.line();
            }
            assertThat(line).startsWith(beside(suffix) + " is no longer the file");
            storm.kill();
            List<String> rest = storm.rest();
            assertThat(rest).allMatch(said -> !said.startsWith("n-"));
            try (TokenStore store = SqliteTokenStore.open(file)) {
                for (int i = 0; i <= last; i++) {
                    assertThat(store.find(new TokenName("n-" + i))).as("n-" + i).isPresent();
                }
                assertThat(store.firstBroken()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-wal", "-shm"})
    void a_database_in_use_without_its_files_is_not_opened(String suffix) throws IOException {
        try (OtherProcess other = OtherProcess.issuingAndWaiting(file, "theirs")) {
            assertThat(other.line()).isEqualTo("theirs");
            Files.delete(beside(suffix));
            try (TokenStore store = SqliteTokenStore.open(file)) {
                assertThatThrownBy(store::snapshot)
                        .isInstanceOf(AuthorityUnavailable.class)
                        .hasMessage(file + " is in use, but files beside it were removed: stop all processes that use"
                                + " it, then start them again");
            }
            other.kill();
        }
    }

    @Test
    void the_last_close_deletes_the_files_beside_the_database() {
        SqliteFile opened = new SqliteFile(file);
        for (int i = 0; i < 3; i++) {
            try (SerialConnection lane = new SerialConnection(opened);
                    SerialConnection other = new SerialConnection(opened)) {
                lane.write(connection -> connection);
                other.write(connection -> connection);
            }
            assertThat(beside("-wal")).doesNotExist();
            assertThat(beside("-shm")).doesNotExist();
            opened.refuseIfMoved();
        }
    }

    @Test
    void files_of_another_process_are_neither_written_nor_deleted_on_close() throws IOException {
        try (TokenStore store = SqliteTokenStore.open(file);
                LedgerWatch watch = store.watch()) {
            Fixtures.issue(store, "first");
            assertThat(watch.awaitRevision(0, Duration.ZERO)).isOne();
            Files.delete(beside("-wal"));
            Files.writeString(beside("-wal"), "theirs");
            assertRefused(store, watch, "-wal");
        }
        assertThat(beside("-wal")).hasContent("theirs");
    }

    private void assertNames(String... names) {
        try (TokenStore store = SqliteTokenStore.open(file)) {
            assertThat(store.snapshot().tokens())
                    .extracting(token -> token.name().value())
                    .containsExactly(names);
            assertThat(store.firstBroken()).isEmpty();
        }
    }
}
