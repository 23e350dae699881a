package io.latchkey.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.TokenUse;
import io.latchkey.application.usage.HourUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.domain.TokenId;
import io.latchkey.persistence.postgresql.Postgres;
import io.latchkey.persistence.sqlite.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreCopyTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> TABLES = List.of(
            "instance",
            "token",
            "former_secret",
            "ledger",
            "token_use",
            "use_history",
            "notice",
            "owed_notice",
            "end_notice");

    private final Stores stores = new Stores();

    @TempDir
    Path directory;

    private Path file;
    private StoreLocation.Postgres database;

    /** A file with a row in each table. */
    @BeforeEach
    void fill() throws SQLException {
        file = directory.resolve("latchkey.db");
        database = Postgres.database();
        try (TokenStore store = stores.open(at(file))) {
            Fixtures.issue(store, "deploy 鍵 \uD83D\uDD11");
            Fixtures.issue(store, "ci");
            Fixtures.issue(store, "gone");
            Fixtures.rotate(store, "ci");
            Fixtures.revoke(store, "gone");
            store.recordUses(List.of(new TokenUse(new TokenId(1), 1, NOON, Optional.of("192.0.2.7"), 17)));
            store.addToUseHistory(List.of(new HourUse(new TokenId(1), NOON, UseCounts.accepted(17))));
        }
        Fixtures.sql(
                file,
                "INSERT INTO notice (one, revision, since, alarms) VALUES (1, 3, 1795566388561, 2)",
                "INSERT INTO owed_notice (revision) VALUES (2)",
                "INSERT INTO end_notice (token_id, expires_at, kind) VALUES (1, 1795566388561, 'expiring')");
    }

    private static StoreLocation at(Path path) {
        return new StoreLocation.File(path);
    }

    private static List<String> rows(Path path) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet row = statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1")) {
                    int count = rows.size();
                    while (row.next()) {
                        rows.add(table + values(row));
                    }
                    assertThat(rows.size()).as("rows up to " + table).isGreaterThan(count);
                }
            }
        }
        return rows;
    }

    private static String values(ResultSet row) throws SQLException {
        StringBuilder values = new StringBuilder();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            Object value = row.getObject(i);
            values.append(' ')
                    .append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
        }
        return values.toString();
    }

    private boolean isEmpty(StoreLocation location) {
        try (TokenStore store = stores.open(location)) {
            return store.revision() == 0 && store.snapshot().tokens().isEmpty();
        }
    }

    @Test
    void a_store_that_went_to_postgresql_and_back_has_the_same_rows() throws SQLException {
        List<String> before = rows(file);
        LedgerCheck there = stores.copy(at(file), database, Existing.KEPT);
        Path again = directory.resolve("new/again.db");
        assertThat(stores.copy(database, at(again), Existing.KEPT)).isEqualTo(there);
        assertThat(rows(again)).isEqualTo(before);
        assertThat(rows(file)).as("the original").isEqualTo(before);
        try (TokenStore store = stores.open(at(again))) {
            assertThat(store.check(Optional.empty())).isEqualTo(there);
        }
    }

    @Test
    void a_copy_in_postgresql_is_written_to_where_the_original_ended() {
        LedgerCheck.Whole copied = stores.copy(at(file), database, Existing.KEPT);
        try (TokenStore original = stores.open(at(file));
                TokenStore copy = stores.open(database)) {
            assertThat(copy.instanceId()).isEqualTo(original.instanceId());
            assertThat(copy.snapshot()).isEqualTo(original.snapshot());
            assertThat(copy.uses()).isEqualTo(original.uses());
            assertThat(Fixtures.issue(copy, "next"))
                    .isEqualTo(Fixtures.issue(original, "next"))
                    .satisfies(entry -> assertThat(entry.revision()).isEqualTo(copied.revision() + 1));
            Fixtures.revoke(copy, "ci");
            assertThat(copy.firstBroken()).isEmpty();
        }
        assertThat(Postgres.query(
                        database,
                        "SELECT 1 FROM ledger_head JOIN ledger USING (revision, hash) WHERE epoch = 2 AND revision = "
                                + (copied.revision() + 2)))
                .hasSize(1);
    }

    @Test
    void one_file_is_copied_to_another() throws SQLException {
        Path other = directory.resolve("other.db");
        stores.copy(at(file), at(other), Existing.KEPT);
        assertThat(rows(other)).isEqualTo(rows(file));
    }

    @Test
    void one_postgresql_database_is_copied_to_another() throws SQLException {
        stores.copy(at(file), database, Existing.KEPT);
        StoreLocation.Postgres other = Postgres.database();
        stores.copy(database, other, Existing.KEPT);
        Path back = directory.resolve("back.db");
        stores.copy(other, at(back), Existing.KEPT);
        assertThat(rows(back)).isEqualTo(rows(file));
    }

    @Test
    void what_is_there_is_kept() throws SQLException {
        try (TokenStore store = stores.open(database)) {
            Fixtures.issue(store, "kept");
        }
        assertThatThrownBy(() -> stores.copy(at(file), database, Existing.KEPT))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(database + " has tokens or a ledger already: give an empty database");
        try (TokenStore store = stores.open(database)) {
            assertThat(store.snapshot().tokens())
                    .singleElement()
                    .satisfies(token -> assertThat(token.name().value()).isEqualTo("kept"));
        }
        List<String> before = rows(file);
        assertThatThrownBy(() -> stores.copy(database, at(file), Existing.KEPT))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(file + " already exists: give the name of a new file");
        assertThat(rows(file)).isEqualTo(before);
        assertThatThrownBy(() -> stores.copy(at(file), at(file), Existing.KEPT))
                .hasMessage(file + " cannot be copied to itself");
    }

    /** Processes that knew the replaced ledger notice, and commits of both have the same revisions. */
    @Test
    void a_ledger_is_replaced_under_a_higher_epoch() throws SQLException {
        try (TokenStore store = stores.open(database)) {
            for (int i = 0; i < 9; i++) {
                Fixtures.issue(store, "replaced " + i);
            }
        }
        Postgres.execute(database, "UPDATE ledger_head SET lost_revision = 11");
        LedgerCheck.Whole copied = stores.copy(at(file), database, Existing.REPLACED);
        assertThat(Postgres.query(
                        database, "SELECT epoch || ' ' || revision || ' ' || (lost_revision IS NULL) FROM ledger_head"))
                .containsExactly("2 " + copied.revision() + " true");
        try (TokenStore store = stores.open(database)) {
            Fixtures.issue(store, "next");
            assertThat(store.check(Optional.empty())).isInstanceOf(LedgerCheck.Whole.class);
        }
        Path back = directory.resolve("back.db");
        stores.copy(database, at(back), Existing.KEPT);
        assertThat(rows(back)).containsAll(rows(file));
    }

    @Test
    void an_original_with_a_broken_ledger_is_refused() throws SQLException {
        stores.copy(at(file), database, Existing.KEPT);
        StoreLocation.Postgres other = Postgres.database();
        Fixtures.sql(file, "UPDATE ledger SET at = at + 1 WHERE revision = 2");
        assertThatThrownBy(() -> stores.copy(at(file), other, Existing.KEPT))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(file + " has a broken ledger: find the entry with `latchkey verify ledger`");
        assertThat(isEmpty(other)).isTrue();
        Postgres.execute(database, "UPDATE token SET description = 'forged' WHERE id = 1");
        for (StoreLocation target : List.of(at(directory.resolve("new.db")), other)) {
            assertThatThrownBy(() -> stores.copy(database, target, Existing.KEPT))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(database + " has a broken ledger: find the entry with `latchkey verify ledger`");
            assertThat(isEmpty(target)).isTrue();
        }
    }

    @Test
    void an_empty_original_is_refused() {
        StoreLocation.Postgres empty = Postgres.database();
        Path target = directory.resolve("new.db");
        assertThatThrownBy(() -> stores.copy(empty, at(target), Existing.KEPT))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(empty + " is empty: check its address");
        assertThat(target).doesNotExist();
        Path missing = directory.resolve("missing.db");
        assertThatThrownBy(() -> stores.copy(at(missing), empty, Existing.KEPT))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage("there is no file " + missing);
        assertThat(missing).doesNotExist();
    }

    @Test
    void a_database_with_a_live_node_is_neither_source_nor_target() {
        stores.copy(at(file), database, Existing.KEPT);
        Postgres.execute(
                database,
                "INSERT INTO node (id, name, version, epoch, applied_revision, started_at, seen_at)"
                        + " VALUES (gen_random_uuid(), 'blue 17', '1', 1, 1, clock_timestamp(),"
                        + " clock_timestamp() + interval '1 minute')");
        String sentence =
                database + " is in use by the server on blue 17: stop all servers that use it, then wait three seconds";
        Path target = directory.resolve("new.db");
        assertThatThrownBy(() -> stores.copy(database, at(target), Existing.KEPT))
                .hasMessage(sentence);
        assertThat(target).doesNotExist();
        assertThatThrownBy(() -> stores.copy(at(file), database, Existing.REPLACED))
                .hasMessage(sentence);
        Postgres.execute(database, "UPDATE node SET seen_at = clock_timestamp() - interval '4 seconds'");
        stores.copy(database, at(target), Existing.KEPT);
        assertThat(target).exists();
    }

    @Test
    void a_database_that_has_lost_entries_is_no_source() {
        stores.copy(at(file), database, Existing.KEPT);
        Postgres.execute(database, "UPDATE ledger_head SET lost_revision = 11");
        assertThatThrownBy(() -> stores.copy(database, at(directory.resolve("new.db")), Existing.KEPT))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(database + " has lost ledger entries: `latchkey accept ledger` first");
    }

    @Test
    void a_file_that_is_being_written_is_no_source() throws SQLException {
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = writer.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> stores.copy(at(file), database, Existing.KEPT))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(file + " is in use: stop the server that has it open");
        }
        stores.copy(at(file), database, Existing.KEPT);
    }

    /** The progress of notifications is copied last: everything else is in the target, but not committed. */
    @Test
    void a_copy_that_is_cut_off_leaves_an_empty_database() throws Exception {
        assertThat(isEmpty(database)).isTrue();
        try (Connection other = Postgres.connect(database);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO owed_notice (revision) VALUES (2)");
            CompletableFuture<LedgerCheck> copy =
                    CompletableFuture.supplyAsync(() -> stores.copy(at(file), database, Existing.KEPT));
            String waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                    + " AND datname = current_database() AND query LIKE 'INSERT INTO owed_notice%'";
            while (Postgres.query(database, waiting).isEmpty()) {
                Thread.onSpinWait();
            }
            Postgres.query(database, waiting.replace("SELECT pid", "SELECT pg_terminate_backend(pid)"));
            assertThatThrownBy(copy::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessageStartingWith(database.toString());
            other.rollback();
        }
        assertThat(isEmpty(database)).isTrue();
        stores.copy(at(file), database, Existing.KEPT);
    }

    @Test
    void a_copy_leaves_nothing_beside_it() throws IOException {
        stores.copy(at(file), database, Existing.KEPT);
        Path folder = directory.resolve("only");
        stores.copy(database, at(folder.resolve("latchkey.db")), Existing.KEPT);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("latchkey.db"));
        }
    }
}
