package io.latchkey.persistence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.micronaut.data.exceptions.DataAccessException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A token as the ledger keeps it: one JSON object, always written the same way, without the members that have no value.
 *
 * <p>Members that it does not know are passed over in reading: tokens grow, and the ledger outlives the versions.
 */
final class TokenJson {
    private static final JsonFactory JSON = new JsonFactory();

    private TokenJson() {}

    static String write(Token token) {
        TokenRow row = TokenRow.of(token);
        StringWriter text = new StringWriter(320);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("id", row.id());
            json.writeNumberField("version", row.version());
            json.writeStringField("name", row.name());
            json.writeStringField("digest", row.digest().hex());
            json.writeStringField("description", row.description());
            write(json, "expires_at", row.expiresAt());
            json.writeNumberField("created_at", row.createdAt());
            write(json, "created_by", row.createdBy());
            write(json, "changed_at", row.changedAt());
            write(json, "changed_by", row.changedBy());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter refuses nothing", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String member, @Nullable Long value) throws IOException {
        if (value != null) {
            json.writeNumberField(member, value);
        }
    }

    /** The token; a {@link DataAccessException} if the text is not that of one. */
    static Token read(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            return read(json).toToken();
        } catch (IOException | RuntimeException e) {
            throw new DataAccessException("an entry of the ledger is not as it was written", e);
        }
    }

    private static TokenRow read(JsonParser json) throws IOException {
        Long id = null;
        Long version = null;
        String name = null;
        String digest = null;
        String description = null;
        Long expiresAt = null;
        Long createdAt = null;
        Long createdBy = null;
        Long changedAt = null;
        Long changedBy = null;
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            switch (member) {
                case "id" -> id = json.getLongValue();
                case "version" -> version = json.getLongValue();
                case "name" -> name = json.getText();
                case "digest" -> digest = json.getText();
                case "description" -> description = json.getText();
                case "expires_at" -> expiresAt = json.getLongValue();
                case "created_at" -> createdAt = json.getLongValue();
                case "created_by" -> createdBy = json.getLongValue();
                case "changed_at" -> changedAt = json.getLongValue();
                case "changed_by" -> changedBy = json.getLongValue();
                default -> json.skipChildren();
            }
        }
        if (id == null
                || version == null
                || name == null
                || digest == null
                || description == null
                || createdAt == null) {
            throw new IllegalArgumentException("a member is missing");
        }
        return new TokenRow(
                id,
                version,
                name,
                TokenDigest.parse(digest),
                description,
                expiresAt,
                createdAt,
                createdBy,
                changedAt,
                changedBy);
    }
}
