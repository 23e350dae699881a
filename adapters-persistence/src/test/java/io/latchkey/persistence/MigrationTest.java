package io.latchkey.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.LedgerEntry;
import io.latchkey.application.StoreCopy;
import io.latchkey.application.TokenFiles.Existing;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Grace;
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
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file as an older Latchkey left it, opened by this one. */
final class MigrationTest {
    private Path file;

    @BeforeEach
    void first_version(@TempDir Path directory) throws IOException, SQLException {
        file = directory.resolve("latchkey.db");
        Fixtures.sql(
                file,
                script("V1.sql"),
                script("V1-rows.sql"),
                "PRAGMA user_version = 1",
                "PRAGMA application_id = " + Schema.APPLICATION_ID,
                "PRAGMA journal_mode = WAL");
    }

    private static String script(String name) throws IOException {
        try (InputStream script = requireNonNull(Schema.class.getResourceAsStream(name))) {
            return new String(script.readAllBytes(), UTF_8);
        }
    }

    @Test
    void its_tokens_and_its_ledger_are_as_they_were() {
        try (Opened opened = Opened.at(file)) {
            assertThat(opened.store().snapshot().revision()).isEqualTo(9);
            List<Token> tokens = opened.store().snapshot().tokens();
            assertThat(tokens).extracting(token -> token.name().value()).containsExactly("_admin", "ci", "deploy 鍵");
            assertThat(tokens).allSatisfy(token -> {
                assertThat(token.secrets().generation()).isEqualTo(1);
                assertThat(token.secrets().former()).isEmpty();
                assertThat(token.rest()).isEmpty();
            });
            assertThat(tokens.get(1).description()).isEqualTo(new Description("by operator"));
            assertThat(opened.store().tail(0)).extracting(LedgerEntry::revision).hasSize(9);
            assertThat(opened.store().firstBroken()).isEmpty();
        }
    }

    @Test
    void a_copy_of_it_that_an_older_server_sends_is_kept_as_it_is() throws Exception {
        Fixtures.sql(file, "PRAGMA journal_mode = DELETE");
        byte[] sent = Files.readAllBytes(file);
        Path copy = file.resolveSibling("copy.db");
        var check = new SqliteTokenFiles()
                .backUp(() -> new StoreCopy(sent.length, new ByteArrayInputStream(sent)), copy, Existing.KEPT);
        assertThat(check.revision()).isEqualTo(9);
        assertThat(Files.readAllBytes(copy)).isEqualTo(sent);
    }

    @Test
    void its_ledger_goes_on() {
        TokenName ci = new TokenName("ci");
        try (Opened opened = Opened.at(file)) {
            for (Change change : List.of(
                    new Rotation.Begin(
                            ci,
                            TokenSecret.presented("x").digest(),
                            new Grace(Grace.LONGEST),
                            Optional.empty(),
                            Precondition.NONE),
                    new Change.Disable(ci, new Reason("a rest"), Precondition.NONE))) {
                opened.store().append(tokens -> change.decide(tokens, new Actor.Owner(), Instant.EPOCH));
            }
        }
        try (Opened opened = Opened.at(file)) {
            assertThat(opened.store().find(ci).orElseThrow().secrets().former()).hasSize(1);
            assertThat(opened.store().firstBroken()).isEmpty();
            assertThat(opened.store().tail(9)).hasSize(2);
        }
    }

    @Test
    void its_file_is_of_this_version_then() throws SQLException {
        Opened.at(file).close();
        try (Opened opened = Opened.at(file)) {
            assertThat(opened.store().revision()).isEqualTo(9);
        }
        assertThat(Fixtures.query(file, "PRAGMA user_version")).isEqualTo(Integer.toString(Schema.VERSION));
        assertThat(Fixtures.query(file, "PRAGMA integrity_check")).isEqualTo("ok");
    }
}
