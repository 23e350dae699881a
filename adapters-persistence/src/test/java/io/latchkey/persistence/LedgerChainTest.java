package io.latchkey.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.OptionalLong;
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
        try (Opened opened = Opened.at(file)) {
            Fixtures.issue(opened.store(), "a");
            Fixtures.issue(opened.store(), "b");
            Fixtures.revoke(opened.store(), "a");
            Fixtures.issue(opened.store(), "c");
            Fixtures.issue(opened.store(), "d");
        }
    }

    @Test
    void an_untouched_ledger_holds() {
        assertThat(firstBroken()).isEmpty();
    }

    @Test
    void an_edit_of_any_column_shows() throws SQLException {
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
            Fixtures.sql(
                    file,
                    "CREATE TABLE kept AS SELECT * FROM ledger",
                    "UPDATE ledger SET " + edit + " WHERE revision = 2");
            assertThat(firstBroken()).as(edit).hasValue(2);
            Fixtures.sql(file, "DELETE FROM ledger", "INSERT INTO ledger SELECT * FROM kept", "DROP TABLE kept");
        }
        assertThat(firstBroken()).isEmpty();
    }

    @Test
    void a_deletion_shows() throws SQLException {
        Fixtures.sql(file, "DELETE FROM ledger WHERE revision = 3");
        assertThat(firstBroken()).hasValue(3);
    }

    @Test
    void a_deletion_that_closes_the_gap_shows() throws SQLException {
        Fixtures.sql(
                file,
                "DELETE FROM ledger WHERE revision = 3",
                "UPDATE ledger SET revision = 3 WHERE revision = 4",
                "UPDATE ledger SET revision = 4 WHERE revision = 5");
        assertThat(firstBroken()).hasValue(3);
    }

    @Test
    void a_deletion_at_the_end_shows_by_the_tokens() throws SQLException {
        Fixtures.sql(file, "DELETE FROM ledger WHERE revision = 5");
        assertThat(firstBroken()).hasValue(5);
    }

    @Test
    void a_deletion_of_everything_shows_by_the_tokens() throws SQLException {
        Fixtures.sql(file, "DELETE FROM ledger");
        assertThat(firstBroken()).hasValue(1);
    }

    @Test
    void a_reordering_shows() throws SQLException {
        Fixtures.sql(
                file,
                "UPDATE ledger SET revision = 99 WHERE revision = 4",
                "UPDATE ledger SET revision = 4 WHERE revision = 5",
                "UPDATE ledger SET revision = 5 WHERE revision = 99");
        assertThat(firstBroken()).hasValue(4);
    }

    @Test
    void an_insertion_shows() throws SQLException {
        Fixtures.sql(file, "INSERT INTO ledger SELECT 6, " + COLUMNS + " FROM ledger WHERE revision = 5");
        assertThat(firstBroken()).hasValue(6);
    }

    @Test
    void a_token_that_no_entry_explains_shows() throws SQLException {
        Fixtures.sql(file, "UPDATE token SET digest = zeroblob(64) WHERE name = 'b'");
        assertThat(firstBroken()).hasValue(6);
    }

    @Test
    void the_ledger_of_another_instance_shows() throws SQLException {
        Fixtures.sql(file, "UPDATE instance SET id = '00000000-0000-4000-8000-000000000000'");
        assertThat(firstBroken()).hasValue(1);
    }

    private OptionalLong firstBroken() {
        try (Opened opened = Opened.at(file)) {
            return opened.store().firstBroken();
        }
    }
}
