package io.latchkey.persistence.sandbox;

import io.latchkey.application.Fuzzer;
import io.latchkey.domain.TokenFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random statements are either answered or refused with a {@code TokenFailure}. */
final class StatementFuzzTest {
    private static final List<String> TEXTS = List.of(
            "select * from system.tokens",
            "SELECT name, count(*) AS n FROM system.tokens WHERE permissions NOT LIKE '\\*%' GROUP BY 1 ORDER BY n DESC",
            "select \"name\" from system.tokens where created_at > timestamp '2025-01-01 00:00:00' -- why",
            "select name from system.tokens where expiry < now() + INTERVAL '7 days' /* soon */ limit 5;",
            "with t as (select * from system.tokens) select cast(token_id as text) from t where name ilike 'a%'",
            "values (1), ('it''s')",
            "attach ':memory:' as x; pragma user_version",
            "");
    private static final List<String> WORDS = List.of(
            "select",
            "SELECT ",
            "with",
            "from",
            "system.tokens",
            "as",
            "cast(",
            "(",
            ")",
            "'",
            "''",
            "\"",
            "`",
            "[",
            "]",
            ";",
            "--",
            "/*",
            "*/",
            "\n",
            " ",
            "now()",
            "now ( )",
            "interval '",
            "7 days'",
            "timestamp ",
            ".",
            ",",
            "*",
            "+",
            "-",
            "1",
            "1e9",
            "0x1f",
            "?1",
            ":a",
            "@b",
            "$c",
            "#",
            "\\",
            "||",
            "->",
            "::",
            "glob",
            "ilike",
            "current_date",
            "pragma",
            "attach");

    @Test
    void random_statements_are_answered_or_refused() {
        new Fuzzer(21, TEXTS, WORDS).fuzz(sql -> {
            try {
                InfluxSql.toSqlite(sql);
            } catch (TokenFailure.BadQuery e) {
                String sentence = e.sentence();
                if (sentence.isBlank()
                        || sentence.length() > 300
                        || sentence.chars().anyMatch(Character::isISOControl)) {
                    throw new AssertionError("not a sentence: " + sentence);
                }
            }
        });
    }
}
