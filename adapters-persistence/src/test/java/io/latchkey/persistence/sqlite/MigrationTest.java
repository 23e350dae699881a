package io.latchkey.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Rotation;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file as an older Latchkey left it, store by this one. */
final class MigrationTest {
    private Path file;

    @BeforeEach
    void first_version(@TempDir Path directory) throws IOException, SQLException {
        file = directory.resolve("latchkey.db");
        write(file, 1);
    }

    /** A file of an older version, with rows that its first version wrote. */
    private static void write(Path file, int version) throws IOException, SQLException {
        Fixtures.sql(file, script("V1.sql"), script("V1-rows.sql"));
        for (int next = 2; next <= version; next++) {
            Fixtures.sql(file, script("V" + next + ".sql"));
        }
        Fixtures.sql(
                file,
                "PRAGMA user_version = " + version,
                "PRAGMA application_id = " + Schema.APPLICATION_ID,
                "PRAGMA journal_mode = WAL");
    }

    static IntStream older() {
        return IntStream.rangeClosed(1, Schema.VERSION);
    }

    @ParameterizedTest
    @MethodSource("older")
    void every_version_is_migrated_and_its_ledger_verifies(int version, @TempDir Path directory) throws Exception {
        Path each = directory.resolve("older.db");
        write(each, version);
        try (TokenStore store = SqliteTokenStore.open(each)) {
            assertThat(store.snapshot().revision()).isEqualTo(9);
            assertThat(store.check(Optional.empty())).isInstanceOf(LedgerCheck.Whole.class);
        }
        assertThat(Fixtures.query(each, "PRAGMA user_version")).isEqualTo(Integer.toString(Schema.VERSION));
        assertThat(Fixtures.query(each, "PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(Fixtures.query(each, "SELECT group_concat(sql) FROM sqlite_schema"))
                .doesNotContain("json");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + each)) {
            assertThat(Schema.fingerprint(connection)).isEqualTo(Schema.FINGERPRINT);
        }
    }

    @ParameterizedTest
    @MethodSource("older")
    void a_trigger_or_view_is_refused_before_the_migration(int version, @TempDir Path directory) throws Exception {
        Path each = directory.resolve("older.db");
        for (String foreign : List.of(
                "TRIGGER swap AFTER INSERT ON ledger BEGIN UPDATE token SET digest = randomblob(64) WHERE id = 0; END",
                "VIEW swap AS SELECT * FROM token")) {
            Files.deleteIfExists(each);
            write(each, version);
            Fixtures.sql(each, "CREATE " + foreign);
            String kind = foreign.startsWith("VIEW") ? "view" : "trigger";
            try (TokenStore store = SqliteTokenStore.open(each)) {
                assertThatThrownBy(() -> store.revision())
                        .isInstanceOf(AuthorityUnavailable.class)
                        .hasMessage(each + " contains a " + kind
                                + " that Latchkey did not create (swap): another program changed"
                                + " the file; restore a backup");
            }
            assertThat(Fixtures.query(each, "PRAGMA user_version")).isEqualTo(Integer.toString(version));
        }
    }

    @Test
    void changed_tables_are_refused_in_a_file_and_in_a_copy() throws Exception {
        SqliteTokenStore.open(file).close();
        try (TokenStore store = SqliteTokenStore.open(file)) {
            assertThat(store.revision()).isEqualTo(9);
        }
        Fixtures.sql(file, "ANALYZE");
        Path copy = file.resolveSibling("copy.db");
        new SqliteFiles().backUp(file, copy, Existing.KEPT);
        for (String foreign : List.of(
                "CREATE INDEX more ON token (description)",
                "CREATE TABLE more (x)",
                "ALTER TABLE token ADD COLUMN more TEXT COLLATE NOCASE")) {
            Path each = file.resolveSibling("each.db");
            Files.copy(copy, each, StandardCopyOption.REPLACE_EXISTING);
            Fixtures.sql(each, foreign);
            String sentence = each + " contains tables that differ from Latchkey's: another program changed the file;"
                    + " restore a backup";
            var files = new SqliteFiles();
            assertThatThrownBy(() -> files.examine(each)).as(foreign).hasMessage(sentence);
            assertThatThrownBy(() -> files.restore(each, file.resolveSibling("new.db"), Existing.KEPT))
                    .hasMessage(sentence);
            assertThatThrownBy(() -> files.backUp(each, file.resolveSibling("new.db"), Existing.KEPT))
                    .hasMessage(sentence);
            assertThat(files.diagnose(each).damage()).containsExactly("it contains tables that differ from Latchkey's");
        }
        assertThat(file.resolveSibling("new.db")).doesNotExist();
    }

    private static String script(String name) throws IOException {
        try (InputStream script = requireNonNull(Schema.class.getResourceAsStream(name))) {
            return new String(script.readAllBytes(), UTF_8);
        }
    }

    @Test
    void tokens_and_ledger_are_unchanged() {
        try (TokenStore store = SqliteTokenStore.open(file)) {
            assertThat(store.snapshot().revision()).isEqualTo(9);
            List<Token> tokens = store.snapshot().tokens();
            assertThat(tokens).extracting(token -> token.name().value()).containsExactly("_admin", "ci", "deploy 鍵");
            assertThat(tokens).allSatisfy(token -> {
                assertThat(token.secrets().generation()).isEqualTo(1);
                assertThat(token.secrets().former()).isEmpty();
                assertThat(token.disablement()).isEmpty();
            });
            assertThat(tokens.get(1).description()).isEqualTo(new Description("by operator"));
            assertThat(store.tail(0)).extracting(LedgerEntry::revision).hasSize(9);
            assertThat(store.firstBroken()).isEmpty();
        }
    }

    @Test
    void a_copy_from_an_older_server_is_saved_without_migration() throws Exception {
        Fixtures.sql(file, "PRAGMA journal_mode = DELETE");
        byte[] sent = Files.readAllBytes(file);
        Path copy = file.resolveSibling("copy.db");
        var check = new SqliteFiles()
                .backUp(() -> new StoreBackup(sent.length, new ByteArrayInputStream(sent)), copy, Existing.KEPT);
        assertThat(check.revision()).isEqualTo(9);
        assertThat(Files.readAllBytes(copy)).isEqualTo(sent);
    }

    @Test
    void the_ledger_continues() {
        TokenName ci = new TokenName("ci");
        try (TokenStore store = SqliteTokenStore.open(file)) {
            for (Change change : List.of(
                    new Rotation.Begin(
                            ci,
                            TokenSecret.presented("x").digest(),
                            new GracePeriod(GracePeriod.LONGEST),
                            Optional.empty(),
                            Precondition.NONE),
                    new Change.Disable(ci, new Reason("a rest"), Precondition.NONE))) {
                store.append(tokens -> change.decide(tokens, new Actor.FileOwner(), Instant.EPOCH));
            }
        }
        try (TokenStore store = SqliteTokenStore.open(file)) {
            assertThat(store.find(ci).orElseThrow().secrets().former()).hasSize(1);
            assertThat(store.firstBroken()).isEmpty();
            assertThat(store.tail(9)).hasSize(2);
        }
    }

    @Test
    void the_file_has_the_newest_version_afterwards() throws SQLException {
        SqliteTokenStore.open(file).close();
        try (TokenStore store = SqliteTokenStore.open(file)) {
            assertThat(store.revision()).isEqualTo(9);
        }
        assertThat(Fixtures.query(file, "PRAGMA user_version")).isEqualTo(Integer.toString(Schema.VERSION));
        assertThat(Fixtures.query(file, "PRAGMA integrity_check")).isEqualTo("ok");
    }
}
