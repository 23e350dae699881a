package io.latchkey.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.TokenLines;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenKind;
import io.latchkey.domain.TokenState;
import io.latchkey.persistence.SampleTokens;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImportedTokenTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final String HASH = "0f".repeat(64);

    private final TokenLines lines = new JsonTokenLines();

    @Test
    void an_exported_token_is_imported_unchanged() {
        for (Token token : SampleTokens.BOTH) {
            assertThat(lines.write(token)).doesNotContain("\n");
            assertThat(lines.read(lines.write(token), NOW)).isEqualTo(token);
        }
    }

    @Test
    void only_name_and_hash_are_required() {
        Token token = lines.read("{\"name\":\"ci\",\"hash\":\"" + HASH.toUpperCase(Locale.ROOT) + "\"}", NOW);
        assertThat(token.name().value()).isEqualTo("ci");
        assertThat(token.digest().hex()).isEqualTo(HASH);
        assertThat(token.createdAt()).isEqualTo(NOW);
        assertThat(token.expiry()).isEqualTo(Expiry.NEVER);
        assertThat(token.lastChange()).isEmpty();
        assertThat(token.version().number()).isEqualTo(1);
    }

    @Test
    void members_of_influxdb_and_of_the_api_are_translated() {
        Token token = lines.read("""
                {"token_id": 7, "version": 3, "name": "ci", "kind": "named", "state": "active", "hash": "%s",
                 "description": "d", "created_at": "2025-04-18T14:02:45.331", "created_by_token_id": null,
                 "updated_at": "2025-05-01T00:00:00Z", "updated_by_token_id": 0, "expiry": "2027-01-01T00:00:00+01:00",
                 "permissions": "*:*:*"}
                """.formatted(HASH), NOW);
        assertThat(token.id().value()).isEqualTo(7);
        assertThat(token.version().number()).isEqualTo(3);
        assertThat(token.createdAt()).isEqualTo(Instant.parse("2025-04-18T14:02:45.331Z"));
        assertThat(token.lastChange().orElseThrow().at()).isEqualTo(Instant.parse("2025-05-01T00:00:00Z"));
        assertThat(token.expiry().end()).contains(Instant.parse("2026-12-31T23:00:00Z"));
    }

    /** InfluxDB 3 writes no version. */
    @Test
    void a_regenerated_operator_token_of_influxdb_is_imported() {
        Token token = lines.read("""
                {"token_id": 0, "name": "_admin", "hash": "%s", "created_at": "2025-04-18T14:02:45.331",
                 "description": null, "created_by_token_id": null, "updated_at": "2025-05-01T00:00:00",
                 "updated_by_token_id": null, "expiry": null, "permissions": ["*:*:*"]}
                """.formatted(HASH), NOW);
        assertThat(token.version().number()).isEqualTo(2);
        assertThat(token.lastChange().orElseThrow().at()).isEqualTo(Instant.parse("2025-05-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"disabled_at\":1700000000000",
                "\"disabled_at\":\"2023-11-14T22:13:20Z\",\"disabled_reason\":null",
                "\"disabled_reason\":\"leaked\"",
                "\"state\":\"disabled\""
            })
    void every_form_of_a_disabled_token_is_imported_as_disabled(String member) {
        Token token = lines.read("{\"name\":\"d\",\"hash\":\"" + HASH + "\"," + member + "}", NOW);
        assertThat(token.stateAt(NOW)).isEqualTo(TokenState.DISABLED);
    }

    @Test
    void former_secrets_in_the_form_of_the_api_are_imported() {
        Token token = lines.read("""
                {"name": "ci", "hash": "%s", "version": 2, "updated_at": "2025-05-01T00:00:00Z", "generation": 2,
                 "former_secrets": [{"generation": 1, "hash": "%s", "valid_until": "2025-05-02T00:00:00Z"}]}
                """.formatted(HASH, "0e".repeat(64)), NOW);
        assertThat(token.secrets().former().getFirst().until()).contains(Instant.parse("2025-05-02T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"expires\":\"2030-01-01T00:00:00Z\"",
                "\"scopes\":[\"read\"]",
                "\"permissions\":\"db:x\"",
                "\"permissions\":[\"*:*:*\",\"db:x:read\"]",
                "\"permissions\":[7]",
                "\"permissions\":7",
                "\"from\":\"10.0.0.1/8\"",
                "\"not_before\":\"soon\"",
                "\"owner\":\"\\u0007\"",
                "\"labels\":{\"a\":1}",
                "\"labels\":\"a\"",
                "\"former_secrets\":[{\"generation\":1,\"valid_til\":1}]",
                "\"former_secrets\":{}",
                "\"former_secrets\":[1]",
                "\"id\":9223372036854775807",
                "\"id\":9223372036854775808",
                "\"id\":1.5",
                "\"version\":\"2\"",
                "\"generation\":0",
                "\"generation\":4294967297",
                "\"expiry\":9223372036854775807",
                "\"disabled_at\":9223372036854775807",
                "\"rotated_at\":1,\"rotation_key\":\"x\"",
                "\"disabled_reason\":7"
            })
    void members_that_would_drop_a_limit_or_are_out_of_range_are_refused(String member) {
        assertThatThrownBy(() -> lines.read("{\"name\":\"d\",\"hash\":\"" + HASH + "\"," + member + "}", NOW))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessageNotContaining("not a valid token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expires       | unknown member expires; did you mean expires_at?",
                "disabledAt    | unknown member disabledAt; did you mean disabled_at?",
                "scopes        | unknown member scopes; the members are alarmed_at, ",
                "a b           | unknown member; the members are alarmed_at, "
            })
    void an_unknown_member_is_refused_with_a_suggestion(String member, String sentence) {
        assertThatThrownBy(() -> lines.read("{\"name\":\"d\",\"hash\":\"" + HASH + "\",\"" + member + "\":1}", NOW))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessageStartingWith(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"name\":\"ci\"}",
                "{\"name\":\"ci\",\"hash\":\"0f0f0f0f0\"}",
                "{\"name\":\"ci\",\"hash\":\"HASH\",\"hash\":\"HASH\"}",
                "{\"name\":\"ci\",\"hash\":\"HASH\",\"digest\":\"HASH\"}",
                "{\"name\":\"ci\",\"hash\":\"HASH\"} {}",
                "{\"name\":\"ci\",\"hash\":\"HASH\"",
                "{\"name\":\" ci\",\"hash\":\"HASH\"}",
                "{\"name\":7,\"hash\":{}}",
                "{\"name\":\"ci\",\"hash\":\"HASH\",\"expiry\":\"soon\"}",
                "{\"name\":\"ci\",\"hash\":\"HASH\",\"id\":-1}",
                "{\"name\":\"ci\",\"hash\":\"HASH\",\"id\":\"x\"}",
                "{\"name\":\"_admin\",\"hash\":\"HASH\",\"expiry\":\"2027-01-01T00:00:00Z\"}"
            })
    void lines_that_are_no_token_are_refused(String line) {
        assertThatThrownBy(() -> lines.read(line.replace("HASH", HASH), NOW)).isInstanceOf(TokenFailure.Invalid.class);
    }

    @Test
    void permissions_and_the_other_attributes_are_read_in_the_form_of_the_file_and_in_that_of_the_api() {
        String digest = "\"name\":\"a\",\"digest\":\"" + "0".repeat(127) + "1\"";
        Token read = ImportedToken.read(
                "{" + digest + ",\"permissions\":[\"db:b,a:write,read\",\"s3:x:*\"],\"from\":[\"10.0.0.0/8\",\"::1\"],"
                        + "\"not_before\":\"2030-01-01T00:00:00Z\",\"owner\":\"ann\",\"labels\":{\"env\":\"prod\",\"a\":\"b=c d\"}}",
                Instant.EPOCH);
        assertThat(read.rights().texts()).containsExactly("db:a,b:read,write", "s3:x:*");
        assertThat(read.attributes().from().texts()).containsExactly("10.0.0.0/8", "::1");
        assertThat(read.attributes().notBefore().at()).contains(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(read.attributes().owner().text()).isEqualTo("ann");
        assertThat(read.attributes().labels().texts()).containsExactly("a=b=c d", "env=prod");
        assertThat(ImportedToken.read(TokenJson.write(read), Instant.EPOCH)).isEqualTo(read);
        assertThat(ImportedToken.read("{" + digest + ",\"permissions\":[]}", Instant.EPOCH)
                        .kind())
                .isEqualTo(TokenKind.RESOURCE);
        assertThat(ImportedToken.read("{" + digest + ",\"permissions\":\"*:*:*\"}", Instant.EPOCH)
                        .kind())
                .isEqualTo(TokenKind.ADMIN);
    }
}
