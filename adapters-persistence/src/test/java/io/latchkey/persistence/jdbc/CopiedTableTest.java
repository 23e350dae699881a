package io.latchkey.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.StoreLocation;
import io.latchkey.persistence.postgresql.Postgres;
import io.latchkey.persistence.postgresql.PostgresTokenStore;
import io.latchkey.persistence.sqlite.Fixtures;
import io.latchkey.persistence.sqlite.SqliteTokenStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table or column that a new version of the schema adds must not be forgotten in copies. */
final class CopiedTableTest {
    @TempDir
    Path directory;

    private static List<String> copied() {
        return CopiedTable.ALL.stream()
                .flatMap(table -> table.columns().stream().map(column -> table.name() + "." + column.name()))
                .sorted()
                .toList();
    }

    /** But for the table that says which process delivers now. */
    @Test
    void every_column_of_a_file_is_copied() throws SQLException {
        Path file = directory.resolve("latchkey.db");
        try (var store = SqliteTokenStore.open(file)) {
            assertThat(store.revision()).isZero();
        }
        String columns = Fixtures.query(
                file,
                "SELECT group_concat(m.name || '.' || c.name, ' ') FROM sqlite_schema m, pragma_table_info(m.name) c"
                        + " WHERE m.type = 'table' AND m.name <> 'delivery_turn'");
        assertThat(Stream.of(columns.split(" ")).sorted()).containsExactlyElementsOf(copied());
    }

    /** But for the tables that only say how this engine is used. */
    @Test
    void every_column_of_postgresql_is_copied() {
        StoreLocation.Postgres database = Postgres.database();
        try (var store = PostgresTokenStore.open(database)) {
            assertThat(store.revision()).isZero();
        }
        assertThat(Postgres.query(
                                database,
                                "SELECT table_name || '.' || column_name FROM information_schema.columns"
                                        + " WHERE table_schema = 'public' AND table_name NOT IN"
                                        + " ('ledger_head', 'ledger_commit', 'node', 'owner_code', 'delivery_turn')")
                        .stream()
                        .sorted())
                .containsExactlyElementsOf(copied());
    }
}
