package io.latchkey.persistence.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a token in the ledger and in export files: one object, with the members always in the same order, and
 * without members that have no value. The first generation is left out, too.
 *
 * <p>Unknown members are ignored when reading, so that this version can read ledgers of newer versions.
 */
final class TokenJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String FORMER_SECRETS = "former_secrets";

    private TokenJson() {}

    /** The JSON text of a token, on one line. */
    static String write(Token token) {
        TokenRow row = TokenRow.of(token);
        StringWriter text = new StringWriter(320);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (int place = 1; place <= TokenRow.COLUMNS.count(); place++) {
                if (place != TokenRow.GENERATION || row.generation() > 1) {
                    write(json, TokenRow.COLUMNS.name(place), TokenRow.COLUMNS.value(row, place));
                }
            }
            if (!token.secrets().former().isEmpty()) {
                writeFormer(json, token.secrets().former());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter never fails", e);
        }
        return text.toString();
    }

    private static void writeFormer(JsonGenerator json, List<FormerSecret> former) throws IOException {
        json.writeArrayFieldStart(FORMER_SECRETS);
        for (FormerSecret secret : former) {
            json.writeStartObject();
            json.writeNumberField("generation", secret.generation());
            json.writeStringField("digest", secret.digest().hex());
            write(json, "valid_until", secret.until().map(Instant::toEpochMilli).orElse(null));
            write(
                    json,
                    "alarmed_at",
                    secret.reuseRecordedAt().map(Instant::toEpochMilli).orElse(null));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, String member, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> {} // left out
            case Number number -> json.writeNumberField(member, number.longValue());
            case byte[] digest ->
                json.writeStringField(member, TokenDigest.ofBytes(digest).hex());
            default -> json.writeStringField(member, value.toString());
        }
    }

    /**
     * Reads a token.
     *
     * @throws IllegalArgumentException if the text is not a token, or breaks a rule of tokens
     */
    static Token read(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            return read(json);
        } catch (IOException | SQLException | RuntimeException e) {
            throw new IllegalArgumentException("not a token in the JSON form of the ledger", e);
        }
    }

    private static Token read(JsonParser json) throws IOException, SQLException {
        Members members = new Members();
        List<FormerSecret> former = List.of();
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            Integer place = TokenRow.COLUMNS.place(member);
            if (place != null) {
                members.put(place, json);
            } else if (member.equals(FORMER_SECRETS)) {
                former = readFormer(json);
            } else {
                json.skipChildren();
            }
        }
        return TokenRow.read(members).toToken(former);
    }

    /** The members of one JSON object, by the numbers of their columns. */
    private static final class Members implements ColumnValues {
        private final @Nullable Object[] values = new @Nullable Object[TokenRow.COLUMNS.count() + 1];

        Members() {
            values[TokenRow.GENERATION] = 1L;
        }

        void put(int place, JsonParser json) throws IOException {
            values[place] = json.currentToken().isNumeric() ? (Object) json.getLongValue() : json.getText();
        }

        @Override
        public long number(int place) {
            return (Long) required(place);
        }

        private Object required(int place) {
            Object value = values[place];
            if (value == null) {
                throw new IllegalArgumentException("the member " + TokenRow.COLUMNS.name(place) + " is missing");
            }
            return value;
        }

        @Override
        public @Nullable Long optionalNumber(int place) {
            return (Long) values[place];
        }

        @Override
        public String text(int place) {
            return (String) required(place);
        }

        @Override
        public @Nullable String optionalText(int place) {
            return (String) values[place];
        }

        @Override
        public TokenDigest digest(int place) {
            return TokenDigest.parse((String) required(place));
        }
    }

    private static List<FormerSecret> readFormer(JsonParser json) throws IOException {
        List<FormerSecret> all = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            all.add(readFormerSecret(json));
        }
        return all;
    }

    private static FormerSecret readFormerSecret(JsonParser json) throws IOException {
        int generation = 0;
        String digest = "";
        Optional<Instant> until = Optional.empty();
        Optional<Instant> reuseRecordedAt = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            switch (member) {
                case "generation" -> generation = json.getIntValue();
                case "digest" -> digest = json.getText();
                case "valid_until" -> until = Optional.of(Instant.ofEpochMilli(json.getLongValue()));
                case "alarmed_at" -> reuseRecordedAt = Optional.of(Instant.ofEpochMilli(json.getLongValue()));
                default -> json.skipChildren();
            }
        }
        return new FormerSecret(generation, TokenDigest.parse(digest), until, reuseRecordedAt);
    }
}
