package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.persistence.jdbc.StoreRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileCopiesTest {
    @TempDir
    Path directory;

    /** It may write after the copy, and nobody would miss that. */
    @Test
    void a_file_that_another_process_has_open_is_not_read() throws IOException {
        Path file = directory.resolve("latchkey.db");
        try (OtherProcess other = OtherProcess.issuingAndWaiting(file, "theirs")) {
            assertThat(other.line()).isEqualTo("theirs");
            assertThatThrownBy(() -> FileCopies.read(file, StoreRows::isEmpty))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(file + " is in use: stop the server that has it open");
            other.kill();
        }
        assertThat(FileCopies.<Boolean>read(file, StoreRows::isEmpty)).isFalse();
    }

    @Test
    void a_file_is_not_written_by_others_while_it_is_read() {
        Path file = directory.resolve("latchkey.db");
        try (var store = SqliteTokenStore.open(file)) {
            Fixtures.issue(store, "a");
        }
        String result = FileCopies.read(file, _ -> {
            assertThatThrownBy(() -> Fixtures.sql(file, "PRAGMA busy_timeout = 0", "DELETE FROM ledger"))
                    .hasMessageContaining("SQLITE_BUSY");
            return "read";
        });
        assertThat(result).isEqualTo("read");
    }

    @Test
    void a_file_of_an_older_version_is_read_and_stays_as_it_is() throws Exception {
        Path file = directory.resolve("latchkey.db");
        try (var store = SqliteTokenStore.open(file)) {
            Fixtures.issue(store, "a");
        }
        // What the last migration adds.
        Fixtures.sql(file, "DROP TABLE delivery_turn", "PRAGMA user_version = " + (Schema.VERSION - 1));
        Fixtures.sql(file, "PRAGMA journal_mode = DELETE");
        byte[] before = Files.readAllBytes(file);
        assertThat(FileCopies.<Boolean>read(file, StoreRows::isEmpty)).isFalse();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(directory.toFile().list()).containsExactly("latchkey.db");
    }
}
