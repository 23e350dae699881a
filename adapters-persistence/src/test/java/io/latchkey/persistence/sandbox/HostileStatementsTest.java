package io.latchkey.persistence.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.SystemTokens;
import io.latchkey.application.table.Table.Cell;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.persistence.SampleTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that try to leave the sandbox or to exhaust it: each is refused and leaves no file or thread. */
final class HostileStatementsTest {
    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private final SandboxedQueries tables = new SandboxedQueries(Duration.ofMillis(300));

    @TempDir
    private Path directory;

    private void assertRefused(String sql, List<Token> tokens) {
        assertTimeoutPreemptively(
                GENEROUS,
                () -> assertThatThrownBy(() -> tables.query(sql, SystemTokens.of(tokens), Instant.EPOCH))
                        .as(sql)
                        .isInstanceOf(TokenFailure.BadQuery.class)
                        .message()
                        .matches("[^\\p{Cntrl}]{10,320}"));
    }

    @AfterEach
    void no_file_or_thread_is_left() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        assertThat(tables.query(SystemQuery.ALL_TOKENS.sql(), SystemTokens.of(SampleTokens.BOTH), Instant.EPOCH)
                        .rows())
                .hasSize(2);
        assertThat(tables.query("SELECT count(*) FROM system.tokens", SystemTokens.of(List.of()), Instant.EPOCH)
                        .rows())
                .containsExactly(List.of(new Cell.Whole(0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATTACH 'DIR/x.db' AS x",
                "ATTACH DATABASE ':memory:' AS x",
                "DETACH system",
                "SELECT 1; ATTACH 'DIR/x.db' AS x",
                "SELECT sqlite_attach('DIR/x.db', 'x', '')",
                "SELECT sqlite_detach('system')",
                "VACUUM INTO 'DIR/x.db'",
                "VACUUM",
                "EXPLAIN SELECT 1",
                "EXPLAIN VACUUM INTO 'DIR/x.db'",
                "PRAGMA writable_schema = ON",
                "PRAGMA query_only = OFF",
                "PRAGMA temp_store_directory = 'DIR'",
                "PRAGMA hard_heap_limit = 1",
                "SELECT 1; PRAGMA query_only = OFF",
                "SELECT load_extension('DIR/x.so')",
                "SELECT writefile('DIR/x', 'x')",
                "SELECT readfile('/etc/passwd')",
                "SELECT edit('x', 'touch DIR/x')",
                "SELECT * FROM fsdir('.')",
                "SELECT trim(name, 'abc') FROM system.tokens",
                "SELECT fts3_tokenizer('simple', x'0000000000000000')",
                "SELECT zeroblob(1000000000)",
                "SELECT hex(randomblob(1000000000))",
                "SELECT printf('%.*c', 1000000000, 'x')",
                "SELECT format('%1000000000d', 1)",
                "SELECT replicate('x', 1000000000)",
                "SELECT random()",
                "SELECT sqlite_version()",
                "SELECT sqlite_source_id()",
                "SELECT sqlite_compileoption_get(1)",
                "SELECT date('now')",
                "SELECT strftime('%s', 'now')",
                "SELECT unixepoch()",
                "SELECT last_insert_rowid()",
                "SELECT changes()",
                "SELECT glob('*', name) FROM system.tokens",
                "SELECT name FROM system.tokens WHERE name GLOB '*'",
                "SELECT name FROM system.tokens WHERE name REGEXP '(a*)*b'",
                "SELECT name FROM system.tokens WHERE name MATCH 'a'",
                "SELECT json_extract('{}', '$') FROM system.tokens",
                "SELECT '{\"a\":1}' -> 'a'",
                "CREATE TABLE x (a)",
                "CREATE TEMP TABLE x AS SELECT * FROM system.tokens",
                "CREATE VIRTUAL TABLE x USING fts5(a)",
                "CREATE VIRTUAL TABLE x USING rtree(a, b, c)",
                "CREATE VIEW system.v AS SELECT 1",
                "CREATE TRIGGER t AFTER INSERT ON system.tokens BEGIN SELECT 1; END",
                "INSERT INTO system.tokens (token_id) VALUES (9)",
                "REPLACE INTO system.tokens (token_id) VALUES (9)",
                "UPDATE system.tokens SET name = 'x'",
                "DELETE FROM system.tokens",
                "DELETE FROM system.tokens RETURNING *",
                "DROP TABLE system.tokens",
                "ALTER TABLE system.tokens ADD COLUMN x",
                "ANALYZE",
                "REINDEX",
                "BEGIN",
                "COMMIT",
                "SAVEPOINT x",
                "WITH x AS (SELECT 1) DELETE FROM system.tokens",
                "WITH x AS (SELECT 1) INSERT INTO system.tokens (token_id) SELECT 9",
                "WITH x AS (SELECT 1) UPDATE system.tokens SET name = 'x' RETURNING *",
                "SELECT 1; DELETE FROM system.tokens",
                "SELECT 1;SELECT 2",
                "SELECT 1; -- \n SELECT 2",
                "SELECT * FROM sqlite_schema",
                "SELECT * FROM sqlite_master",
                "SELECT * FROM sqlite_temp_master",
                "SELECT * FROM \"sqlite_master\"",
                "SELECT * FROM system.sqlite_schema",
                "SELECT * FROM main.sqlite_schema",
                "SELECT * FROM temp.sqlite_schema",
                "SELECT * FROM pragma_database_list",
                "SELECT * FROM pragma_table_list",
                "SELECT * FROM \"pragma_table_list\"",
                "SELECT * FROM pragma_function_list()",
                "SELECT * FROM pragma_compile_options",
                "SELECT name FROM system.tokens WHERE name IN pragma_module_list",
                "SELECT * FROM system.tokens, pragma_database_list",
                "SELECT * FROM pragma_query_only(0)",
                "SELECT * FROM json_each('[1,2,3]')",
                "SELECT * FROM json_tree('[1,2,3]')",
                "SELECT * FROM dbstat",
                "SELECT * FROM sqlite_dbpage",
                "SELECT * FROM generate_series(1, 1000000000)",
                "SELECT * FROM fts3tokenize('simple')",
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM token",
                "SELECT * FROM ledger",
                "SELECT * FROM 'DIR/x.db'",
                "/* SELECT */ PRAGMA query_only = OFF",
                "-- SELECT\nPRAGMA query_only = OFF",
                "SELECT 'a\0b'",
                "SELECT \0",
                "select\u00a0name FROM system.tokens",
                "COPY (SELECT 1) TO 'DIR/x'",
                "SHOW TABLES",
                "SET x = 1"
            })
    void a_statement_that_reads_or_writes_anything_else_is_refused(String sql) {
        assertRefused(sql.replace("DIR", directory.toString()), SampleTokens.BOTH);
    }

    static List<String> bombs() {
        String names = "FROM system.tokens a, system.tokens b, system.tokens c, system.tokens d";
        return List.of(
                "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
                "WITH c(x) AS (SELECT 1 UNION SELECT x + 1 FROM c) SELECT * FROM c",
                "WITH c(x) AS (SELECT 'x' UNION ALL SELECT x || x FROM c) SELECT max(length(x)) FROM c",
                "WITH c(x) AS (SELECT replace('" + "x".repeat(150) + "', 'x', '" + "y".repeat(200)
                        + "') UNION ALL SELECT x FROM c) SELECT * FROM c ORDER BY x",
                "SELECT count(*) " + names,
                "SELECT count(DISTINCT a.name || b.name || c.name || d.name) " + names,
                "SELECT a.name || b.name || c.name || d.name AS n " + names,
                "SELECT a.name || b.name || c.name || d.name AS n " + names + " ORDER BY n DESC",
                "SELECT group_concat(a.name) " + names,
                "SELECT max(replace(a.description || b.name, 'o', c.name)) " + names
                        + " GROUP BY a.name, b.name, c.name",
                "SELECT count(*) " + names + " WHERE a.name || b.name || c.name || d.name || '" + "a".repeat(9_000)
                        + "' LIKE '" + "%a".repeat(120) + "b'",
                "SELECT count(*) " + names + " WHERE instr(a.name || b.name || c.name || d.name || '"
                        + "a".repeat(9_000) + "', '" + "a".repeat(4_500) + "b') = 0",
                "SELECT 'a' LIKE '" + "%".repeat(2_000) + "'",
                "SELECT " + "(".repeat(3_000) + "1" + ")".repeat(3_000),
                "SELECT " + "-".repeat(1) + "+".repeat(9_000) + "1",
                "SELECT " + "1+".repeat(5_000) + "1",
                "SELECT 1" + " UNION SELECT 1".repeat(900),
                "SELECT " + "(SELECT ".repeat(400) + "1" + ")".repeat(400),
                "SELECT " + IntStream.range(0, 3_000).mapToObj(i -> "1 c" + i).collect(Collectors.joining(",")),
                "SELECT 1 FROM "
                        + IntStream.range(0, 80)
                                .mapToObj(i -> "system.tokens t" + i)
                                .collect(Collectors.joining(",")),
                "SELECT x FROM (SELECT created_at AS x FROM system.tokens UNION ALL SELECT a.name || b.name FROM"
                        + " system.tokens a, system.tokens b) ORDER BY x",
                "SELECT x FROM (SELECT created_at AS x FROM system.tokens UNION ALL SELECT '2025-01-01 00:00:1' ||"
                        + " (a.token_id + b.token_id) % 10 FROM system.tokens a, system.tokens b) ORDER BY x",
                "SELECT 1 AS " + "c".repeat(501),
                doubling(" AS (SELECT p.x FROM a%1$d p, a%1$d q)"),
                doubling(" AS (SELECT x FROM a%1$d UNION ALL SELECT x FROM a%1$d)"),
                "SELECT '" + "x".repeat(20_000) + "'",
                "'" + "''".repeat(8_000),
                "/*".repeat(8_000),
                "SELECT" + " ".repeat(16_000),
                "SELECT" + "--\n".repeat(5_000),
                "SELECT" + "/**/".repeat(4_000),
                "\"".repeat(16_001));
    }

    private static String doubling(String step) {
        return IntStream.range(0, 60)
                        .mapToObj(i -> ", a" + (i + 1) + String.format(step, i))
                        .collect(Collectors.joining("", "WITH a0 AS (SELECT token_id x FROM system.tokens)", ""))
                + " SELECT count(*) FROM a60";
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void an_expensive_statement_ends_within_the_limits(String sql) {
        assertRefused(sql, SampleTokens.many(2_000));
    }

    @Test
    void a_query_is_interrupted_after_two_seconds() {
        assertTimeoutPreemptively(
                GENEROUS,
                () -> assertThatThrownBy(() -> new SandboxedQueries()
                                .query(bombs().getFirst(), SystemTokens.of(SampleTokens.BOTH), Instant.EPOCH))
                        .isInstanceOf(TokenFailure.BadQuery.class)
                        .hasMessage("the query took longer than 2 seconds: select fewer rows, or join fewer tables"));
    }

    @Test
    void a_result_that_is_too_large_is_refused() {
        List<Token> many = SampleTokens.many(400);
        assertThatThrownBy(() -> new SandboxedQueries(GENEROUS)
                        .query(
                                "SELECT a.name, b.name AS b FROM system.tokens a, system.tokens b",
                                SystemTokens.of(many),
                                Instant.EPOCH))
                .isInstanceOf(TokenFailure.BadQuery.class)
                .hasMessage("the result has more than 100000 rows or 32 MiB: reduce it with WHERE or LIMIT");
    }

    @Test
    void a_query_ends_when_its_client_disconnects() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> new SandboxedQueries(GENEROUS)
                            .query(
                                    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
                                    SystemTokens.of(List.of()),
                                    Instant.EPOCH))
                    .isInstanceOf(TokenFailure.BadQuery.class);
            assertThatThrownBy(() -> new SandboxedQueries(GENEROUS)
                            .query(
                                    "SELECT count(*) FROM system.tokens",
                                    SystemTokens.of(SampleTokens.many(1_000)),
                                    Instant.EPOCH))
                    .isInstanceOf(TokenFailure.BadQuery.class)
                    .hasMessage("cancelled: the client has disconnected");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void timestamps_are_not_parsed_after_the_query_has_failed() {
        var over = new AtomicBoolean();
        var moments = new TimestampCollation(over::get);
        assertThat(moments.xCompare("2025-01-01", "2025-01-02T00:00:00")).isNegative();
        over.set(true);
        assertThat(moments.xCompare("nonsense", "2025-01-02T00:00:00")).isZero();
        moments.checkAllParsed();
        over.set(false);
        assertThat(moments.xCompare("nonsense", "2025-01-02T00:00:00")).isPositive();
        assertThat(moments.xCompare("2025-01-01", "2025-01-02T00:00:00")).isZero();
        assertThatThrownBy(moments::checkAllParsed).isInstanceOf(TokenFailure.BadQuery.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OpenWrite",
                "VOpen",
                "VFilter",
                "VColumn",
                "Program",
                "Vacuum",
                "ParseSchema",
                "JournalMode",
                "Checkpoint",
                "ReadCookie",
                "SetCookie",
                "CreateBtree",
                "Destroy",
                "Clear",
                "DropTable",
                "SqlExec",
                "TableLock",
                "AutoCommit",
                "Savepoint",
                "IncrVacuum",
                "Pagecount",
                "MaxPgcnt",
                "Variable",
                "CursorHint",
                "Expire",
                "LoadAnalysis",
                "IntegrityCk",
                "Function",
                "OpenRead",
                "Transaction",
                "a step of a newer SQLite"
            })
    void an_unknown_instruction_is_refused(String opcode) {
        assertThat(StatementGuard.isHarmless(opcode)).isFalse();
    }
}
