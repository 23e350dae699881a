package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles;
import io.latchkey.application.TokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamesInFileTest {
    private final DatabaseFiles files = new SqliteFiles();

    @TempDir
    Path dir;

    private List<String> names(String prefix, int most) {
        return files.names(dir.resolve("latchkey.db"), prefix, most).stream()
                .map(name -> name.value())
                .toList();
    }

    private void issue(TokenStore store, String... names) {
        for (String name : names) {
            Fixtures.issue(store, name);
        }
    }

    /** The content of all files in the folder, except the shared memory ({@code -shm}). */
    private Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> all = Files.list(dir)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                content.put(name, name.endsWith("-shm") ? "" : HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return content;
    }

    @Test
    void names_with_a_prefix_are_sorted_and_limited() {
        try (TokenStore store = SqliteTokenStore.open(dir.resolve("latchkey.db"))) {
            issue(store, "b", "ci", "ci-1", "cj", "C", "ci%", "cé", "ci🔑", "ci_");
        }
        assertThat(names("ci", 99)).containsExactly("ci", "ci%", "ci-1", "ci_", "ci🔑");
        assertThat(names("ci", 2)).containsExactly("ci", "ci%");
        assertThat(names("", 99)).hasSize(9);
        assertThat(names("ci%", 99)).containsExactly("ci%");
        assertThat(names("ci' OR 1", 99)).isEmpty();
    }

    @Test
    void reading_names_changes_no_file_in_use_or_not() throws IOException {
        try (TokenStore store = SqliteTokenStore.open(dir.resolve("latchkey.db"))) {
            issue(store, "a");
            var inUse = content();
            assertThat(inUse).hasSize(3);
            assertThat(names("", 9)).containsExactly("a");
            assertThat(content()).isEqualTo(inUse);
            issue(store, "b");
            assertThat(names("", 9)).containsExactly("a", "b");
        }
        var alone = content();
        assertThat(alone).containsOnlyKeys("latchkey.db");
        assertThat(names("", 9)).containsExactly("a", "b");
        assertThat(content()).isEqualTo(alone);
    }

    @Test
    void files_of_a_killed_process_are_read_and_kept() throws Exception {
        try (OtherProcess other = OtherProcess.issuingAndWaiting(dir.resolve("latchkey.db"), "a")) {
            assertThat(other.line()).isEqualTo("a");
            other.kill();
        }
        var left = content();
        assertThat(left).containsKeys("latchkey.db", "latchkey.db-wal", "latchkey.db-shm");
        assertThat(names("", 9)).containsExactly("a");
        assertThat(content()).isEqualTo(left);
        Files.delete(dir.resolve("latchkey.db-shm"));
        assertThatThrownBy(() -> names("", 9)).isInstanceOf(AuthorityUnavailable.class);
        assertThat(dir.resolve("latchkey.db-shm")).doesNotExist();
    }

    @Test
    void a_missing_or_foreign_file_is_not_created_or_changed() throws Exception {
        assertThatThrownBy(() -> names("", 9))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage("there is no file " + dir.resolve("latchkey.db"));
        assertThat(dir).isEmptyDirectory();
        Fixtures.sql(dir.resolve("latchkey.db"), "CREATE TABLE token (name TEXT)", "INSERT INTO token VALUES ('x')");
        assertThat(names("", 9)).isEmpty();
        Files.writeString(dir.resolve("latchkey.db"), "no database at all");
        assertThatThrownBy(() -> names("", 9)).isInstanceOf(AuthorityUnavailable.class);
        assertThat(content()).hasSize(1);
    }
}
