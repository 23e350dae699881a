package io.latchkey.http.oauth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.Fuzzer;
import io.latchkey.application.TokenQuery;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.domain.Change;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenFailure;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.wire.ApplyTokens;
import io.latchkey.http.wire.CreateResourceToken;
import io.latchkey.http.wire.CreateToken;
import io.latchkey.http.wire.EditToken;
import io.latchkey.http.wire.ImportTokens;
import io.latchkey.http.wire.ProblemException;
import io.latchkey.http.wire.QueryRequest;
import io.latchkey.http.wire.TokenJson;
import io.latchkey.http.wire.TokenPageJson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fuzzes request bodies: they are read or rejected with a message. */
public final class BodyFuzzTest {
    private static final List<String> TEXTS = List.of(
            "{\"token_name\":\"a\",\"expiry_secs\":60}",
            "{\"name\": \"ci runner\", \"description\": \"d\", \"expiry\": \"2030-01-31T12:00:00Z\"}",
            "{\"name\":\"\\u00e9\\ud83d\\ude00\",\"expiry_secs\":null,\"unknown\":{\"a\":[1,2.5e3,true,null]}}",
            "{\"name\":\"x\",\"expiry\":\"+999999999-12-31T23:59:59.999999999-18:00\"}",
            "{\"token_name\":\"a\",\"token_name\":\"b\"}",
            "{\"token_name\":\"a\",\"expiry_secs\":18446744073709551616}",
            "{\"token_name\":\"a\",\"expiry_secs\":-1.5e400}",
            "[\"a\", 5]",
            "[\"a\", null]",
            "{\"db\":\"_internal\",\"q\":\"SELECT * FROM system.tokens\",\"format\":\"json\",\"params\":{}}",
            "{\"db\":\"_internal\",\"q\":\"\",\"format\":null}",
            "{\"description\":null}",
            "null",
            "");
    private static final String[] WORDS = {
        "\"name\"",
        "\"token_name\"",
        "\"expiry_secs\"",
        "\"expiry\"",
        "\"description\"",
        "\"db\"",
        "\"q\"",
        "\"format\"",
        "\"jsonl\"",
        "1E-9",
        "2030-01-31T12:00:00Z"
    };
    private static final List<String> FORMS = List.of(
            "token=apiv3_x&token_type_hint=access_token",
            "token=apiv3%5Fx&client_id=&client_secret=",
            "client_secret=apiv3_x+y&token=%F0%9F%98%80",
            "token=a&token=b",
            "token=%zz",
            "&&=&=x",
            "");
    private static final List<String> FORM_WORDS = List.of(
            "token", "client_id", "client_secret", "=", "&", "%", "%2", "%5F", "%ff", "%00", "+", ";", "ü", "😀", "?");

    /** Reads a body; may throw the expected exceptions. */
    @FunctionalInterface
    public interface Reader {
        void read(byte[] body);
    }

    @Test
    void any_body_of_a_token_request_is_read_or_rejected_with_a_message() {
        Fuzzer.json(5, TEXTS, WORDS).fuzz(text -> {
            byte[] body = bytes(text);
            foreseen(body, CreateToken::readInflux);
            foreseen(body, sent -> {
                CreateToken asked = CreateToken.readOwn(sent);
                if (!(asked.token().lifetime() instanceof Lifetime.Until)
                        && !CreateToken.readOwn(asked.writeOwn()).equals(asked)) {
                    throw new AssertionError("reads as something else than was written");
                }
            });
            if (CreateToken.looksNamed(body)) {
                foreseen(body, CreateToken::readEither);
            }
        });
    }

    @Test
    void any_body_of_a_resource_token_is_read_or_rejected_with_a_message() {
        Fuzzer.json(
                        15,
                        List.of(
                                "{\"token_name\":\"a\",\"permissions\":[{\"resource_type\":\"db\",\"resource_names\":"
                                        + "[\"DB1\",\"DB*\"],\"actions\":[\"read\",\"*\"]}],\"expiry_secs\":60}",
                                "{\"token_name\":\"a\",\"permissions\":[{\"resource_type\":\"system\","
                                        + "\"resource_identifier\":[\" Health\"],\"actions\":[\"read\"]}],"
                                        + "\"create_databases\":[\"x\"]}"),
                        WORDS)
                .fuzz(text -> foreseen(bytes(text), CreateResourceToken::read));
    }

    @Test
    void any_body_of_an_edit_is_read_or_rejected_with_a_message() {
        Fuzzer.json(6, TEXTS, WORDS).fuzz(text -> foreseen(bytes(text), EditToken::read));
    }

    @Test
    void any_body_of_a_query_is_read_or_rejected_with_a_message() {
        Fuzzer.json(7, TEXTS, WORDS)
                .fuzz(text -> foreseen(bytes(text), sent -> {
                    QueryRequest asked = QueryRequest.ofJson(sent);
                    TableFormat format = asked.format().orElse(TableFormat.JSON);
                    if (!QueryRequest.ofJson(QueryRequest.write(asked.query(), format))
                            .query()
                            .equals(asked.query())) {
                        throw new AssertionError("reads as something else than was written");
                    }
                }));
    }

    @Test
    void any_body_with_many_tokens_is_read_or_rejected_with_a_message() {
        String token = "{\"id\":7,\"version\":3,\"name\":\"ci\",\"hash\":\"" + "0f".repeat(64)
                + "\",\"description\":null,\"created_at\":\"2025-04-18T14:02:45.331Z\",\"updated_at\":null,"
                + "\"expiry\":\"2030-01-31T12:00:00Z\",\"generation\":2,\"former_secrets\":[{\"generation\":1,\"hash\":\""
                + "1e".repeat(64) + "\",\"valid_until\":null}],\"disabled_at\":\"2025-04-18T14:02:45Z\","
                + "\"disabled_reason\":\"why\"}";
        Fuzzer.json(
                        14,
                        List.of(
                                "{\"tokens\":[" + token + "],\"dry_run\":true}",
                                "{\"tokens\":[" + token + ",{}]}",
                                "[]"),
                        WORDS)
                .fuzz(text -> {
                    foreseen(bytes(text), sent -> {
                        ApplyTokens asked = ApplyTokens.read(sent);
                        if (!ApplyTokens.read(asked.write()).equals(asked)) {
                            throw new AssertionError("reads as something else than was written");
                        }
                    });
                    foreseen(
                            bytes(text),
                            sent -> ImportTokens.read(sent, Instant.EPOCH)
                                    .tokens()
                                    .forEach(imported -> new Change.Import(imported, Change.Import.Identity.NEW)));
                });
    }

    @Test
    void any_response_of_an_authority_is_read_or_rejected() {
        String answer = "{\"id\":1,\"name\":\"ci\",\"token\":\"apiv3_" + "x".repeat(86) + "\",\"hash\":\""
                + "0f".repeat(64)
                + "\",\"created_at\":\"2025-04-18T14:02:45.331Z\",\"expiry\":null}";
        Fuzzer.json(13, List.of(answer, "{\"tokens\":[" + answer + "]}", "[]"), WORDS)
                .fuzz(text -> {
                    foreseen(bytes(text), TokenJson::readIssued);
                    foreseen(bytes(text), TokenJson::readToken);
                    foreseen(bytes(text), sent -> TokenPageJson.read(sent, TokenQuery.ALL));
                });
    }

    @Test
    void any_form_is_read_or_rejected_with_a_message() {
        new Fuzzer(8, FORMS, FORM_WORDS).fuzz(text -> foreseen(bytes(text), Form::parse));
    }

    /** Half of the inputs are UTF-8, half are bytes that rarely are. */
    public static byte[] bytes(String text) {
        return text.getBytes(text.length() % 2 == 0 ? UTF_8 : ISO_8859_1);
    }

    /** Reads a body; fails if it is neither read nor rejected with a message. */
    public static void foreseen(byte[] body, Reader reader) {
        try {
            reader.read(body);
        } catch (JsonException e) {
            sentence(e.sentence());
        } catch (TokenFailure.Invalid e) {
            sentence(e.sentence());
        } catch (ChangeRefused e) {
            sentence(e.failure().sentence());
        } catch (ProblemException | OAuthFailure e) {
            // a problem that is a constant
        }
    }

    private static void sentence(String sentence) {
        if (sentence.isBlank() || sentence.length() > 600 || !sentence.chars().noneMatch(Character::isISOControl)) {
            throw new AssertionError("not a sentence: " + sentence);
        }
    }
}
