package io.latchkey.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseDiagnosis;
import io.latchkey.application.StoreEngine;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.persistence.jdbc.ManyTokens;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseInspectionTest {
    private final SqliteFiles files = new SqliteFiles();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void fill() throws SQLException {
        file = directory.resolve("latchkey.db");
        ManyTokens.fill(file, 100);
    }

    @Test
    void names_the_library_and_the_newest_schema() {
        StoreEngine engine = SqliteTokenStore.engine();
        assertThat(engine.name()).isEqualTo("SQLite");
        assertThat(SqliteVersion.parse(engine.version()).isSafe()).isTrue();
        assertThat(engine.schema()).isEqualTo(Schema.VERSION);
    }

    @Test
    void finds_no_damage_in_an_intact_file() {
        DatabaseDiagnosis seen = files.diagnose(file);
        assertThat(seen.schema()).isEqualTo(Schema.VERSION);
        assertThat(seen.damage()).isEmpty();
        assertThat(seen.firstBroken()).isEmpty();
        assertThat(seen.newest()).isPresent();
    }

    @Test
    void counts_the_tokens_that_are_limited_to_addresses() throws SQLException {
        assertThat(files.diagnose(file).withOrigins()).isZero();
        execute("UPDATE token SET origins = '10.0.0.0/8' WHERE id IN (3, 4)");
        assertThat(files.diagnose(file).withOrigins()).isEqualTo(2);
    }

    @Test
    void finds_the_entry_that_was_edited() throws SQLException {
        execute("UPDATE ledger SET at = at + 1 WHERE revision = 42");
        assertThat(files.diagnose(file).firstBroken()).isEqualTo(OptionalLong.of(42));
    }

    @Test
    void finds_damage() throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            for (long page = 6; page < raw.length() / 4096; page++) {
                raw.seek(page * 4096);
                raw.write(new byte[64]);
            }
        }
        assertThat(files.diagnose(file).damage()).isNotEmpty();
    }

    @Test
    void does_not_migrate_an_older_file() throws SQLException {
        execute("PRAGMA user_version = " + (Schema.VERSION - 1));
        assertThat(files.diagnose(file).schema()).isEqualTo(Schema.VERSION - 1);
        assertThat(files.diagnose(file).schema()).isEqualTo(Schema.VERSION - 1);
    }

    @Test
    void reports_the_size_of_the_log() {
        try (TokenStore store = SqliteTokenStore.open(file)) {
            assertThat(store.snapshot().tokens()).hasSize(100);
            TokenSecret secret = TokenSecret.generate(new SecureRandom());
            var change = new Change.CreateNamed(
                    new TokenName("one more"), secret.digest(), Lifetime.UNLIMITED, Description.NONE);
            var _ = store.append(
                    tokens -> change.decide(tokens, new Actor.FileOwner(), Instant.parse("2026-03-01T12:00:00Z")));
            assertThat(files.diagnose(file).pendingBytes()).isPositive();
        }
    }

    @Test
    void refuses_a_file_of_another_program() throws IOException {
        Path other = Files.write(directory.resolve("other"), "not a database at all, only text".getBytes(UTF_8));
        assertThatThrownBy(() -> files.diagnose(other))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageContaining("is not a Latchkey database");
    }

    private void execute(String sql) throws SQLException {
        SqliteConnection connection = new SqliteFile(file).connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } finally {
            connection.closeForGood();
        }
    }
}
