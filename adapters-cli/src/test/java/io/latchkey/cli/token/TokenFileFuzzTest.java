package io.latchkey.cli.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.Fuzzer;
import io.latchkey.application.OfflineToken;
import io.latchkey.cli.authority.OutputFile;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a token file holds is a token, or refused in a sentence that does not give its secret away. */
final class TokenFileFuzzTest {
    /** What no sentence may hold: no mutation makes it from nothing. */
    private static final String CANARY = "Canary";

    private static final String SECRET = "apiv3_" + CANARY.repeat(4);
    private static final OfflineToken ADDED = new OfflineToken(
            new TokenName("added"), TokenSecret.generate(new SecureRandom()), Expiry.NEVER, Description.NONE);
    private static final PermissionTokensWriter ADDING = new PermissionTokensWriter(
            new OutputFile(Path.of("none"), Existing.REPLACED), Permissions.NONE, List.of("db1"));
    private static final List<String> TEXTS = List.of(
            "{\"token\": \"" + SECRET + "\", \"name\": \"_admin\"}",
            "{\n  \"token\": \"" + SECRET + "\",\n  \"name\": \"ci\",\n  \"expiry_millis\": 1893456000000\n}\n",
            "{\"token\":\"" + SECRET + "\",\"name\":\"x\",\"description\":\"\\u00e9\",\"permissions\":[\"*:*:*\",{}]}",
            "{\"token\":\"apiv3_\",\"name\":\"short\"}",
            "{\"token\":\"" + SECRET + "\",\"token\":\"" + SECRET + "\",\"name\":\"twice\"}",
            "{\"token\":\"" + SECRET + "\",\"name\":\"x\",\"expiry_millis\":-9223372036854775809}",
            "{\"token\":\"" + SECRET + "\",\"name\":\"x\",\"expiry_millis\":\"1\"}",
            SECRET,
            "[]",
            "{}",
            "");

    @Test
    void whatever_is_in_the_file_is_a_token_or_refused_without_giving_its_secret_away() {
        Fuzzer.json(
                        12,
                        TEXTS,
                        "\"token\"",
                        "\"name\"",
                        "\"expiry_millis\"",
                        "\"description\"",
                        "\"" + SECRET + "\"",
                        SECRET)
                .fuzz(text -> {
                    try {
                        Change.Register token =
                                TokenFile.parse(text.getBytes(text.length() % 2 == 0 ? UTF_8 : ISO_8859_1));
                        boolean told = token.name().value().contains(CANARY)
                                || token.description().text().contains(CANARY);
                        if (!told && token.toString().contains(CANARY)) {
                            throw new AssertionError("shows its secret: " + token);
                        }
                    } catch (TokenFailure.Invalid e) {
                        if (e.sentence().isBlank() || e.sentence().contains(CANARY)) {
                            throw new AssertionError("not a sentence for everybody: " + e.sentence(), e);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Test
    void whatever_is_in_a_file_of_resource_tokens_is_tokens_or_refused_without_giving_a_secret_away() {
        String token = "{\"token\": \"" + SECRET + "\", \"name\": \"ci\", \"expiry_millis\": 1893456000000,"
                + " \"permissions\": [\"db:a,b:read,write\", \"grafana:prod:read\"]}";
        Fuzzer.json(
                        16,
                        List.of("{\"create_databases\": [\"a\"], \"tokens\": [" + token + "]}", "{\"tokens\": []}"),
                        "\"token\"",
                        "\"tokens\"",
                        "\"permissions\"",
                        "\"" + SECRET + "\"",
                        SECRET)
                .fuzz(text -> {
                    try {
                        byte[] bytes = text.getBytes(text.length() % 2 == 0 ? UTF_8 : ISO_8859_1);
                        PermissionTokensParser read = PermissionTokensFile.parse(bytes);
                        assertThat(read.warnings()).noneMatch(warning -> warning.contains(CANARY));
                        assertAddedTo(TokenFileForm.PERMISSIONS.decode(bytes));
                    } catch (TokenFailure.Invalid e) {
                        assertThat(e.sentence()).isNotBlank().doesNotContain(SECRET);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static void assertAddedTo(String text) throws IOException {
        List<Change.Register> before = PermissionTokensParser.of(text).tokens();
        PermissionTokensParser after = PermissionTokensParser.of(ADDING.added(text, ADDED));
        assertThat(after.tokens()).hasSize(before.size() + 1);
        assertThat(after.tokens().subList(0, before.size())).isEqualTo(before);
        assertThat(after.tokens().getLast().name()).isEqualTo(ADDED.name());
        assertThat(after.databases()).contains("db1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "[", "{\"a\":"})
    void what_is_too_long_or_too_deep_is_refused_in_a_sentence(String piece) {
        String text = "{\"token\":\"" + SECRET + "\",\"name\":\"x\",\"expiry_millis\":" + piece.repeat(2000);
        assertThatThrownBy(() -> TokenFile.parse(text.getBytes(UTF_8)))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessageContaining("it is nested too deep, or holds a name or a number that is too long");
    }
}
