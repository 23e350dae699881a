package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.TokenUse;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any damage of a file is reported with a sentence, never with another exception. */
final class DamagedFileTest {
    private static final int DAMAGES = 150;

    private Path file;

    @BeforeEach
    void some_tokens(@TempDir Path directory) {
        file = directory.resolve("latchkey.db");
        try (TokenStore store = SqliteTokenStore.open(file)) {
            for (int i = 0; i < 20; i++) {
                Fixtures.issue(store, "n" + i);
            }
            Fixtures.revoke(store, "n3");
            store.recordUses(List.of(new TokenUse(new TokenId(1), 1, Instant.EPOCH, Optional.of("127.0.0.1"), 1)));
        }
    }

    @Test
    void any_damage_is_reported_with_a_sentence_by_commands_and_servers() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(17);
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = whole.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                int at = 100 + random.nextInt(damaged.length - 100);
                damaged[at] = (byte) (random.nextBoolean() ? damaged[at] ^ 1 << random.nextInt(8) : random.nextInt());
            }
            Files.write(file, damaged);
            try (TokenStore store = SqliteTokenStore.open(file)) {
                useAll(store);
            }
            if (i % 10 == 0) {
                Files.write(file, damaged);
                try (TokenStore opened = SqliteTokenStore.open(file)) {
                    useAll(opened);
                }
            }
            Files.deleteIfExists(Path.of(file + "-wal"));
            Files.deleteIfExists(Path.of(file + "-shm"));
        }
    }

    private void useAll(TokenStore store) {
        for (Runnable use : List.<Runnable>of(
                store::snapshot,
                () -> store.tail(0),
                () -> store.check(Optional.empty()),
                store::uses,
                store::instanceId,
                () -> store.find(new TokenName("n7")),
                () -> new SqliteFiles().diagnose(file),
                () -> Fixtures.issue(store, "new"))) {
            try {
                use.run();
            } catch (AuthorityUnavailable e) {
                assertThat(e).hasMessageStartingWith(file.toString()).hasMessageNotContaining("LATCHKEY_DEBUG");
            } catch (TokenFailure.NameTaken | TokenFailure.SecretTaken e) {
                assertThat(e).hasMessageContaining("already");
            }
        }
    }

    @Test
    void a_flipped_bit_in_an_entry_is_reported_with_its_revision() throws Exception {
        Fixtures.sql(
                file,
                "UPDATE ledger SET after = replace(after, '\"created_at\":1', '\"created_at\":q') WHERE revision = 20");
        for (String entry : List.of("20", "21")) {
            try (TokenStore store = SqliteTokenStore.open(file)) {
                assertThat(store.check(Optional.empty()))
                        .isEqualTo(new LedgerCheck.Broken(20, LedgerCheck.Flaw.EDITED));
                assertThatThrownBy(() -> store.tail(0))
                        .isInstanceOf(AuthorityUnavailable.class)
                        .hasMessage(
                                file
                                        + " is damaged at ledger entry 20: stop all processes that use it, then restore a backup");
            }
            Fixtures.sql(file, "UPDATE ledger SET before = replace(before, 'n3', 'n4') WHERE revision = 21");
            try (TokenStore store = SqliteTokenStore.open(file)) {
                assertThatThrownBy(() -> Fixtures.issue(store, "new"))
                        .as(entry)
                        .isInstanceOf(AuthorityUnavailable.class)
                        .hasMessage(
                                file
                                        + " is damaged at ledger entry 21: stop all processes that use it, then restore a backup");
            }
        }
    }

    @Test
    void nothing_is_written_to_a_file_with_a_row_that_cannot_be_read() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        String original = Fixtures.query(file, "SELECT sql FROM sqlite_schema WHERE name = 'token'");
        for (String damage : List.of(
                "digest = x'00'",
                "digest = NULL",
                "name = NULL",
                "name = ''",
                "name = '_admin2'",
                "name = printf('%0200d', 7)",
                "name = 'a' || char(7)",
                "version = -5",
                "generation = 0",
                "generation = NULL",
                "generation = 2147483648",
                "expires_at = 9223372036854775807",
                "created_at = 253402300800000",
                "id = 9223372036854775807",
                "created_at = -9223372036854775807",
                "changed_at = 9223372036854775807",
                "rotation_key = 'k', rotated_at = 1",
                "disabled_at = -9223372036854775807",
                "description = 'a' || char(0)")) {
            Files.write(file, whole);
            rewrite("CREATE TABLE token (id INTEGER PRIMARY KEY, version, name UNIQUE, digest UNIQUE, description,"
                    + " expires_at, created_at, created_by, changed_at, changed_by, generation, disabled_at,"
                    + " disabled_reason, rotation_key, rotated_at)");
            Fixtures.sql(file, "UPDATE token SET " + damage + " WHERE id = 5");
            rewrite(original);
            try (TokenStore store = SqliteTokenStore.open(file)) {
                assertThatThrownBy(() -> Fixtures.issue(store, "new"), damage)
                        .isInstanceOf(AuthorityUnavailable.class)
                        .hasMessageContaining(" is damaged at token ");
                assertThatThrownBy(store::snapshot, damage).hasMessageContaining(" is damaged at token ");
                assertThat(store.revision()).isEqualTo(21);
            }
        }
    }

    /** Declares the table of tokens anew, behind the back of SQLite. */
    private void rewrite(String declaration) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("PRAGMA writable_schema = ON");
            }
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE sqlite_schema SET sql = ? WHERE name = 'token'")) {
                update.setString(1, declaration);
                assertThat(update.executeUpdate()).isEqualTo(1);
            }
        }
    }

    @Test
    void a_missing_value_is_reported_with_the_revision() throws Exception {
        // The constraints of the tables refuse this, so they are switched off for this statement.
        Fixtures.sql(
                file,
                "CREATE TABLE kept AS SELECT name, sql FROM sqlite_schema",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = replace(sql, 'BLOB    NOT NULL', 'BLOB') WHERE name IN ('token', 'ledger')");
        Fixtures.sql(
                file,
                "UPDATE token SET digest = NULL WHERE id = 5",
                "UPDATE ledger SET hash = NULL WHERE revision = 7");
        Fixtures.sql(
                file,
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = (SELECT sql FROM kept WHERE kept.name = sqlite_schema.name)"
                        + " WHERE name IN ('token', 'ledger')");
        Fixtures.sql(file, "DROP TABLE kept");
        try (TokenStore store = SqliteTokenStore.open(file);
                TokenStore opened = SqliteTokenStore.open(file)) {
            assertThatThrownBy(store::snapshot)
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessageContaining(" is damaged at token 5: ");
            assertThatThrownBy(() -> store.tail(0))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessageContaining(" is damaged at ledger entry 7: ");
            for (TokenStore each : List.of(store, opened)) {
                assertThat(each.check(Optional.empty())).isEqualTo(new LedgerCheck.Broken(7, LedgerCheck.Flaw.EDITED));
                assertThatThrownBy(() -> each.find(new TokenName("n5")))
                        .isInstanceOf(AuthorityUnavailable.class)
                        .hasMessageStartingWith(file.toString());
            }
        }
    }
}
