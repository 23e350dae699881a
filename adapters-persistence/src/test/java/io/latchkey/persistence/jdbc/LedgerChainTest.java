package io.latchkey.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.TokenStore.LedgerCheck.Flaw;
import io.latchkey.application.ledger.LedgerHead;
import io.latchkey.domain.TokenId;
import io.latchkey.persistence.sqlite.Fixtures;
import io.latchkey.persistence.sqlite.SqliteTokenStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerChainTest {
    private static final String COLUMNS =
            "at, kind, actor, actor_id, actor_name, actor_digest, token_id, before, after, previous, hash";

    private Path file;

    @BeforeEach
    void five_entries(@TempDir Path directory) {
        file = directory.resolve("latchkey.db");
        try (TokenStore store = SqliteTokenStore.open(file)) {
            Fixtures.issue(store, "a");
            Fixtures.issue(store, "b");
            Fixtures.revoke(store, "a");
            Fixtures.issue(store, "c");
            Fixtures.issue(store, "d");
        }
    }

    @Test
    void an_unchanged_ledger_is_intact() {
        assertThat(firstBroken()).isEmpty();
    }

    @Test
    void an_edit_of_any_column_is_detected() throws Exception {
        for (String edit : new String[] {
            "at = at + 1",
            "kind = 'edited'",
            "actor = 'recovery'",
            "actor_id = 7, actor_name = 'x', actor_digest = zeroblob(64)",
            "token_id = 9",
            "before = after",
            "after = replace(after, '\"b\"', '\"x\"')",
            "previous = zeroblob(32)",
            "hash = zeroblob(32)"
        }) {
            Path kept = Files.copy(file, file.resolveSibling("kept.db"), StandardCopyOption.REPLACE_EXISTING);
            Fixtures.sql(file, "UPDATE ledger SET " + edit + " WHERE revision = 2");
            assertThat(check()).as(edit).isEqualTo(new LedgerCheck.Broken(2, Flaw.EDITED));
            assertThat(firstBroken()).hasValue(2);
            Files.copy(kept, file, StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(firstBroken()).isEmpty();
    }

    @Test
    void a_deletion_is_detected() throws SQLException {
        Fixtures.sql(file, "DELETE FROM ledger WHERE revision = 3");
        assertThat(check()).isEqualTo(new LedgerCheck.Broken(3, Flaw.REMOVED));
    }

    @Test
    void a_deletion_with_renumbered_rows_is_detected() throws SQLException {
        Fixtures.sql(
                file,
                "DELETE FROM ledger WHERE revision = 3",
                "UPDATE ledger SET revision = 3 WHERE revision = 4",
                "UPDATE ledger SET revision = 4 WHERE revision = 5");
        assertThat(check()).isEqualTo(new LedgerCheck.Broken(3, Flaw.REMOVED));
    }

    @Test
    void a_deletion_at_the_end_is_detected_by_the_tokens() throws SQLException {
        Fixtures.sql(file, "DELETE FROM ledger WHERE revision = 5");
        assertThat(check()).isEqualTo(new LedgerCheck.Unexplained(4, Optional.of(new TokenId(3))));
        assertThat(firstBroken()).hasValue(5);
    }

    @Test
    void a_deletion_of_all_entries_is_detected_by_the_tokens() throws SQLException {
        Fixtures.sql(file, "DELETE FROM ledger");
        assertThat(firstBroken()).hasValue(1);
    }

    @Test
    void a_swap_of_neighbouring_rows_is_detected() throws SQLException {
        Fixtures.sql(
                file,
                "UPDATE ledger SET revision = 99 WHERE revision = 4",
                "UPDATE ledger SET revision = 4 WHERE revision = 5",
                "UPDATE ledger SET revision = 5 WHERE revision = 99");
        assertThat(check()).isEqualTo(new LedgerCheck.Broken(4, Flaw.REORDERED));
    }

    @Test
    void a_swap_of_distant_rows_is_detected() throws SQLException {
        Fixtures.sql(
                file,
                "UPDATE ledger SET revision = 99 WHERE revision = 2",
                "UPDATE ledger SET revision = 2 WHERE revision = 5",
                "UPDATE ledger SET revision = 5 WHERE revision = 99");
        assertThat(check()).isEqualTo(new LedgerCheck.Broken(2, Flaw.REORDERED));
    }

    @Test
    void an_insertion_in_the_middle_is_detected() throws SQLException {
        Fixtures.sql(
                file,
                "UPDATE ledger SET revision = revision + 100 WHERE revision > 2",
                "UPDATE ledger SET revision = revision - 99 WHERE revision > 2",
                "INSERT INTO ledger SELECT 3, " + COLUMNS + " FROM ledger WHERE revision = 1");
        assertThat(check()).isEqualTo(new LedgerCheck.Broken(3, Flaw.INSERTED));
    }

    @Test
    void a_revision_out_of_range_is_detected() throws SQLException {
        Fixtures.sql(file, "UPDATE ledger SET revision = 9223372036854775807 WHERE revision = 5");
        assertThat(check()).isEqualTo(new LedgerCheck.Broken(5, Flaw.REORDERED));
    }

    @Test
    void a_truncation_is_detected_with_a_saved_head() throws SQLException {
        LedgerHead origin;
        try (TokenStore store = SqliteTokenStore.open(file.resolveSibling("empty.db"))) {
            origin = ((LedgerCheck.Whole) store.check(Optional.empty())).head();
        }
        LedgerCheck.Whole before = (LedgerCheck.Whole) check();
        assertThat(before.revision()).isEqualTo(5);
        try (TokenStore store = SqliteTokenStore.open(file)) {
            Fixtures.issue(store, "e");
            Fixtures.revoke(store, "e");
        }
        LedgerCheck.Whole after = (LedgerCheck.Whole) check();
        assertThat(check(before.head())).isEqualTo(after);
        assertThat(check(after.head())).isEqualTo(after);
        assertThat(check(origin)).isEqualTo(new LedgerCheck.Truncated(7));
        // Only the saved head shows this: without the two entries, the tokens match the ledger.
        Fixtures.sql(file, "DELETE FROM ledger WHERE revision > 5");
        assertThat(check()).isEqualTo(before);
        assertThat(check(after.head())).isEqualTo(new LedgerCheck.Truncated(5));
    }

    @Test
    void a_malformed_row_of_the_token_table_is_detected() throws SQLException {
        Fixtures.sql(file, "UPDATE token SET name = ' b' WHERE name = 'b'");
        assertThat(check()).isEqualTo(new LedgerCheck.Unexplained(5, Optional.empty()));
    }

    @Test
    void every_edit_of_a_column_of_a_token_is_detected() throws Exception {
        for (String edit : new String[] {
            "version = 2, changed_at = 1",
            "name = 'x'",
            "description = 'x'",
            "expires_at = 1",
            "created_at = 1",
            "created_by = 1",
            "id = 77"
        }) {
            Path kept = Files.copy(file, file.resolveSibling("kept.db"), StandardCopyOption.REPLACE_EXISTING);
            Fixtures.sql(file, "UPDATE token SET " + edit + " WHERE name = 'c'");
            assertThat(check()).as(edit).isInstanceOf(LedgerCheck.Unexplained.class);
            Files.copy(kept, file, StandardCopyOption.REPLACE_EXISTING);
        }
        Fixtures.sql(file, "DELETE FROM token WHERE name = 'c'");
        assertThat(check()).isEqualTo(new LedgerCheck.Unexplained(5, Optional.of(new TokenId(2))));
    }

    @Test
    void an_insertion_at_the_end_is_detected() throws SQLException {
        Fixtures.sql(file, "INSERT INTO ledger SELECT 6, " + COLUMNS + " FROM ledger WHERE revision = 5");
        assertThat(check()).isEqualTo(new LedgerCheck.Broken(6, Flaw.INSERTED));
    }

    @Test
    void a_token_without_ledger_entry_is_detected() throws SQLException {
        Fixtures.sql(file, "UPDATE token SET digest = zeroblob(64) WHERE name = 'b'");
        assertThat(firstBroken()).hasValue(6);
    }

    @Test
    void the_ledger_of_another_instance_is_detected() throws SQLException {
        Fixtures.sql(file, "UPDATE instance SET id = '00000000-0000-4000-8000-000000000000'");
        assertThat(firstBroken()).hasValue(1);
    }

    private LedgerCheck check(LedgerHead... expected) {
        try (TokenStore store = SqliteTokenStore.open(file)) {
            return store.check(Stream.of(expected).findFirst());
        }
    }

    private OptionalLong firstBroken() {
        try (TokenStore store = SqliteTokenStore.open(file)) {
            return store.firstBroken();
        }
    }
}
