package io.latchkey.persistence.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.SystemTokens;
import io.latchkey.application.table.TableFormat;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.persistence.SampleTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SandboxedQueriesTest {
    private static final Instant NOW = Instant.parse("2025-04-20T00:00:00Z");
    private static final String ALL = SystemQuery.ALL_TOKENS.sql();

    private static String ask(String sql, TableFormat format) {
        return ask(sql, format, SampleTokens.BOTH);
    }

    private static String ask(String sql, TableFormat format, List<Token> tokens) {
        return format.write(new SandboxedQueries().query(sql, SystemTokens.of(tokens), NOW));
    }

    /** The names of the tokens that match a condition, separated by spaces. */
    private static String namesWhere(String condition) {
        return ask("SELECT name FROM system.tokens WHERE " + condition, TableFormat.CSV)
                .replaceFirst("name\n", "")
                .strip()
                .replace('\n', ' ');
    }

    @Test
    void two_tokens_in_every_format_equal_influxdbs_answers() {
        assertThat(ask(ALL, TableFormat.PRETTY)).isEqualTo("""
                +----------+-----------+-----------+-------------------------+-------------+---------------------+---------------------+---------------------+-------------------------+-------------+
                | token_id | name      | hash      | created_at              | description | created_by_token_id | updated_at          | updated_by_token_id | expiry                  | permissions |
                +----------+-----------+-----------+-------------------------+-------------+---------------------+---------------------+---------------------+-------------------------+-------------+
                | 0        | _admin    | a1b2c3d4e | 2025-04-18T14:02:45.331 |             |                     | 2025-06-01T09:00:00 | 0                   |                         | *:*:*       |
                | 1        | foo_admin | 0f9e8d7c6 | 2025-04-18T14:03:10.007 |             |                     |                     |                     | 2025-04-28T14:03:10.007 | *:*:*       |
                +----------+-----------+-----------+-------------------------+-------------+---------------------+---------------------+---------------------+-------------------------+-------------+\
                """);
        String first =
                "{\"token_id\":0,\"name\":\"_admin\",\"hash\":\"a1b2c3d4e\",\"created_at\":\"2025-04-18T14:02:45.331\",\"updated_at\":\"2025-06-01T09:00:00\",\"updated_by_token_id\":0,\"permissions\":\"*:*:*\"}";
        String second =
                "{\"token_id\":1,\"name\":\"foo_admin\",\"hash\":\"0f9e8d7c6\",\"created_at\":\"2025-04-18T14:03:10.007\",\"expiry\":\"2025-04-28T14:03:10.007\",\"permissions\":\"*:*:*\"}";
        assertThat(ask(ALL, TableFormat.JSON)).isEqualTo("[" + first + "," + second + "]");
        assertThat(ask(ALL, TableFormat.JSONL)).isEqualTo(first + "\n" + second + "\n");
        assertThat(ask(ALL, TableFormat.CSV)).isEqualTo("""
                token_id,name,hash,created_at,description,created_by_token_id,updated_at,updated_by_token_id,expiry,permissions
                0,_admin,a1b2c3d4e,2025-04-18T14:02:45.331,,,2025-06-01T09:00:00,0,,*:*:*
                1,foo_admin,0f9e8d7c6,2025-04-18T14:03:10.007,,,,,2025-04-28T14:03:10.007,*:*:*
                """);
    }

    @Test
    void an_empty_result_is_written_in_every_format() {
        assertThat(ask(ALL, TableFormat.JSON, List.of())).isEqualTo("[]");
        assertThat(ask(ALL, TableFormat.JSONL, List.of())).isEmpty();
        assertThat(ask("select name from system.tokens", TableFormat.CSV, List.of()))
                .isEqualTo("name\n");
        assertThat(ask("select name from system.tokens", TableFormat.PRETTY, List.of()))
                .isEqualTo("+------+\n| name |\n+------+");
    }

    @Test
    void statements_of_real_clients_are_answered() {
        assertThat(ask("SELECT name, permissions FROM system.tokens WHERE permissions = '*:*:*'", TableFormat.CSV))
                .isEqualTo("name,permissions\n_admin,*:*:*\nfoo_admin,*:*:*\n");
        assertThat(ask(
                        "SELECT name, created_at FROM system.tokens WHERE permissions = '*:*:*' AND created_at >"
                                + " '2025-04-18 14:03:00'",
                        TableFormat.CSV))
                .isEqualTo("name,created_at\nfoo_admin,2025-04-18T14:03:10.007\n");
        assertThat(ask("SELECT * FROM system.tokens WHERE created_at > '2025-01-01 00:00:00'", TableFormat.JSON))
                .isEqualTo(ask(ALL, TableFormat.JSON));
        assertThat(ask("SELECT * FROM system.tokens WHERE permissions NOT LIKE '\\*%'", TableFormat.JSON))
                .isEqualTo("[]");
        assertThat(ask(
                        "SELECT * FROM system.tokens WHERE permissions LIKE '%*:*:*%' AND name LIKE '%foo%' ORDER BY"
                                + " token_id ASC",
                        TableFormat.JSON))
                .startsWith("[{\"token_id\":1,\"name\":\"foo_admin\"")
                .doesNotContain("},{");
        assertThat(ask(
                        "select token_id, name, created_at, expiry, permissions, description, created_by_token_id,"
                                + " updated_at, updated_by_token_id FROM system.tokens",
                        TableFormat.CSV))
                .startsWith("token_id,name,created_at,expiry,permissions,description,created_by_token_id,updated_at,"
                        + "updated_by_token_id\n0,_admin,");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            created_at > '2025-04-18 14:02:45.331'         | foo_admin
            created_at >= '2025-04-18 14:02:45.331'        | _admin foo_admin
            created_at = '2025-04-18T14:02:45.331Z'        | _admin
            created_at = '2025-04-18T16:02:45.331+02:00'   | _admin
            created_at = timestamp '2025-04-18 14:02:45.331' | _admin
            created_at > CAST('2025-04-18 14:02:46' AS TIMESTAMP) | foo_admin
            created_at < '2025-04-18 14:02:46'             | _admin
            created_at > '2025-04-18'                      | _admin foo_admin
            created_at > '2025-04-19'                      |
            '2025-04-18 14:03' > created_at                | _admin
            created_at BETWEEN '2025-04-18 14:03:00' AND '2025-04-18T14:04:00' | foo_admin
            created_at IN ('2025-04-18 14:03:10.007')      | foo_admin
            updated_at = '2025-06-01 09:00:00'             | _admin
            updated_at = '2025-06-01T09:00:00.000'         | _admin
            updated_at <= '2025-06-01 09:00:00.000'        | _admin
            updated_at = '2025-06-01T09:00'                | _admin
            created_at LIKE '2025-04-18T14:03%'            | foo_admin
            expiry > now()                                 | foo_admin
            expiry < now()                                 |
            expiry < now() + INTERVAL '9 days'             | foo_admin
            expiry < NOW( ) +interval '1 week'             |
            created_at < now() - INTERVAL '1 day'          | _admin foo_admin
            now() = '2025-04-20T00:00:00'                  | _admin foo_admin
            current_timestamp > created_at                 | _admin foo_admin
            expiry IS NULL                                 | _admin
            expiry IS NOT NULL and true                    | foo_admin
            false                                          |
            updated_by_token_id = 0                        | _admin
            token_id = '1'                                 | foo_admin
            name LIKE 'FOO%'                               |
            name ILIKE 'FOO%'                              | foo_admin
            name NOT ILIKE 'FOO%'                          | _admin
            name LIKE '\\_a%'                               | _admin
            name LIKE '_admin'                             | _admin
            name LIKE 'foo!_admin' ESCAPE '!'              | foo_admin
            name LIKE '%o%o%_%n'                           | foo_admin
            name LIKE ('foo%')                             | foo_admin
            (name)LIKE('foo%')                             | foo_admin
            name NOT LIKE ('foo%')                         | _admin
            name LIKE NULL                                 |
            name IN ('foo_admin', 'other')                 | foo_admin
            name NOT IN ('foo_admin')                      | _admin
            "name" = 'foo_admin'                           | foo_admin
            tokens.name = 'foo_admin' -- that one          | foo_admin
            system.tokens.name = 'foo_admin' /* ; */       | foo_admin
            "system"."tokens"."name" <> 'foo_admin'        | _admin
            NAME != 'it''s; -- not /* me'                  | _admin foo_admin
            length(name) > 6 OR upper(name) = '_ADMIN'     | _admin foo_admin
            token_id % 2 = 1                               | foo_admin
            CASE WHEN token_id = 0 THEN 'x' ELSE name END = 'x' | _admin
            """)
    void conditions_have_influxdbs_meaning(String condition, String names) {
        assertThat(namesWhere(condition.replace("\\\\", "\\"))).isEqualTo(names == null ? "" : names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT COUNT(*) FROM system.tokens                      | [{"count(*)":2}]
            SELECT count(*) AS Tokens FROM system.tokens;           | [{"tokens":2}]
            SELECT count(*) AS "Tokens" FROM system.tokens ; ;      | [{"Tokens":2}]
            SELECT permissions, count(*) n FROM system.tokens GROUP BY permissions HAVING count(*) > 1 | [{"permissions":"*:*:*","n":2}]
            SELECT max(created_at) AS m, min(expiry) AS e FROM system.tokens | [{"m":"2025-04-18T14:03:10.007","e":"2025-04-28T14:03:10.007"}]
            SELECT NAME FROM system.tokens ORDER BY created_at DESC LIMIT 1 | [{"name":"foo_admin"}]
            SELECT name FROM system.tokens ORDER BY name LIMIT 1 OFFSET 1 | [{"name":"foo_admin"}]
            SELECT DISTINCT permissions FROM system.tokens          | [{"permissions":"*:*:*"}]
            SELECT avg(token_id) AS a, 1e999 AS infinite FROM system.tokens | [{"a":0.5}]
            SELECT string_agg(name, ', ') AS n FROM system.tokens   | [{"n":"_admin, foo_admin"}]
            SELECT a.name, b.name AS by FROM system.tokens a JOIN system.tokens b ON a.updated_by_token_id = b.token_id | [{"name":"_admin","by":"_admin"}]
            WITH tokens AS (SELECT * FROM system.tokens) SELECT name FROM tokens WHERE token_id = 1 | [{"name":"foo_admin"}]
            SELECT tokens.name FROM system.tokens WHERE "tokens".token_id = 1 | [{"name":"foo_admin"}]
            WITH t AS (SELECT * FROM system.tokens) SELECT name FROM t WHERE token_id = 1 | [{"name":"foo_admin"}]
            SELECT name FROM system.tokens WHERE token_id = (SELECT max(token_id) FROM system.tokens) | [{"name":"foo_admin"}]
            SELECT name FROM (SELECT name FROM system.tokens UNION ALL SELECT 'third') x ORDER BY 1 DESC LIMIT 1 | [{"name":"third"}]
            SELECT row_number() OVER (ORDER BY name) AS r FROM system.tokens | [{"r":1},{"r":2}]
            SELECT (SELECT count(*) AS date) AS d                   | [{"d":1}]
            SELECT CAST(token_id AS VARCHAR) AS t, cast('7' as bigint) AS i FROM system.tokens LIMIT 1 | [{"t":"0","i":7}]
            SELECT 'a"b' AS q                                       | [{"q":"a\\"b"}]
            SELECT now() AS now                                     | [{"now":"2025-04-20T00:00:00"}]
            VALUES (1)                                              | [{"column1":1}]
            """)
    void aggregates_joins_and_subqueries_are_answered(String sql, String json) {
        assertThat(ask(sql, TableFormat.JSON)).isEqualTo(json.replace("\\\\", "\\"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT nme FROM system.tokens                           | Error during planning: no such column: nme
            SELECT "nme" FROM system.tokens                         | Error during planning: no such column: nme
            SELECT * FROM system.token                              | Error during planning: table 'public.system.token' not found
            SELECT * FROM tokens                                    | Error during planning: table 'public.iox.tokens' not found
            SELECT tokens.name FROM tokens                          | Error during planning: table 'public.iox.tokens' not found
            SELECT * FROM "tokens"                                  | Error during planning: table 'public.iox.tokens' not found
            SELECT name FROM system.tokens WHERE name IN (SELECT name FROM tokens) | Error during planning: table 'public.iox.tokens' not found
            SELECT * FROM cpu                                       | Error during planning: table 'public.iox.cpu' not found
            SELECT FROM system.tokens                               | Error during planning: near "from": syntax error
            SELECT name, name FROM system.tokens                    | Error during planning: two columns are named name: rename one of them with AS
            SELECT * FROM system.tokens WHERE created_at > 'yesterday' | a timestamp was compared with another text: expected one like '2025-01-01 00:00:00'
            SELECT name FROM system.tokens ORDER BY name COLLATE timestamps | collate is not supported
            SELECT name COLLATE nocase AS n FROM system.tokens      | collate is not supported
            SELECT now(86400000)                                    | now() takes no arguments
            SELECT "now"(1)                                         | the function now is not supported
            SELECT like('a', 'b')                                   | the function like is not supported
            SELECT "like" ('a', 'b')                                | the function like is not supported
            SELECT name, "REGEXP"('a', name) FROM system.tokens     | the function regexp is not supported
            SELECT frob(name) FROM system.tokens                    | Error during planning: no such function: frob
            SELECT 'open                                            | a quotation is not closed: add a closing '
            SELECT "open                                            | a quotation is not closed: add a closing "
            SELECT name::text FROM system.tokens                    | unexpected character in the statement: ':'
            SELECT $1                                               | unexpected character in the statement: '$'
            SELECT [name] FROM system.tokens                        | unexpected character in the statement: '['
            SELECT CAST(created_at AS DATE) FROM system.tokens      | CAST to date is not supported
            SELECT INTERVAL '1 day'                                 | INTERVAL is supported only after now(), as in now() + INTERVAL '7 days'
            SELECT now() + INTERVAL 'soon'                          | invalid INTERVAL: expected a duration like '7 days'
            SELECT current_date                                     | current_date is not supported
            -- nothing                                              | the statement is empty: it must begin with SELECT or WITH
            SELECT apiv3_secret FROM system.tokens                  | Error during planning: no such column: apiv3_***
            """)
    void an_invalid_statement_is_refused_with_an_explanation(String sql, String sentence) {
        assertThatThrownBy(() -> ask(sql, TableFormat.JSON))
                .isInstanceOf(TokenFailure.BadQuery.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";", "\n\t", "/* */"})
    void an_empty_statement_is_refused(String sql) {
        assertThatThrownBy(() -> ask(sql, TableFormat.JSON)).isInstanceOf(TokenFailure.BadQuery.class);
    }

    @Test
    void a_name_that_looks_like_a_timestamp_is_compared_as_text() {
        List<Token> tokens = new ArrayList<>(SampleTokens.BOTH);
        tokens.add(SampleTokens.named(2, "2025-01-01 00:00:00", "00", Expiry.NEVER));
        assertThat(ask("SELECT name FROM system.tokens WHERE name = '2025-01-01 00:00:00'", TableFormat.JSON, tokens))
                .isEqualTo("[{\"name\":\"2025-01-01 00:00:00\"}]");
        assertThat(ask("SELECT name FROM system.tokens WHERE name = '2025-01-01T00:00:00'", TableFormat.JSON, tokens))
                .isEqualTo("[]");
    }

    @Test
    void many_tokens_are_sorted_and_counted() {
        List<Token> many = SampleTokens.many(20_000);
        assertThat(ask("SELECT name FROM system.tokens ORDER BY created_at, name DESC LIMIT 1", TableFormat.JSON, many))
                .isEqualTo("[{\"name\":\"token 9999\"}]");
        assertThat(ask(
                        "SELECT count(*) AS n FROM system.tokens a LEFT JOIN system.tokens b ON a.name = b.name",
                        TableFormat.JSON,
                        many))
                .isEqualTo("[{\"n\":20000}]");
    }

    @Test
    void an_anonymous_query_has_no_hash_column() {
        var seen = SystemTokens.withoutHash(SampleTokens.BOTH);
        assertThat(TableFormat.CSV.write(new SandboxedQueries().query("select * from system.tokens", seen, NOW)))
                .startsWith("token_id,name,created_at,description,")
                .doesNotContain("hash");
        assertThatThrownBy(() -> new SandboxedQueries().query("select hash from system.tokens", seen, NOW))
                .isInstanceOf(TokenFailure.BadQuery.class);
    }
}
