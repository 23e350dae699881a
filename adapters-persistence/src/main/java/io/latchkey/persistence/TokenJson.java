package io.latchkey.persistence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.micronaut.data.exceptions.DataAccessException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            if (row.generation() > 1) {
                json.writeNumberField("generation", row.generation());
            }
            write(json, "disabled_at", row.disabledAt());
            write(json, "disabled_reason", row.disabledReason());
            write(json, "rotation_key", row.rotationKey());
            write(json, "rotated_at", row.rotatedAt());
            if (!token.secrets().former().isEmpty()) {
                writeFormer(json, token.secrets().former());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter refuses nothing", e);
        }
        return text.toString();
    }

    private static void writeFormer(JsonGenerator json, List<FormerSecret> former) throws IOException {
        json.writeArrayFieldStart("former_secrets");
        for (FormerSecret one : former) {
            json.writeStartObject();
            json.writeNumberField("generation", one.generation());
            json.writeStringField("digest", one.digest().hex());
            write(json, "valid_until", one.until().map(Instant::toEpochMilli).orElse(null));
            write(
                    json,
                    "alarmed_at",
                    one.reuseRecordedAt().map(Instant::toEpochMilli).orElse(null));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, String member, @Nullable Long value) throws IOException {
        if (value != null) {
            json.writeNumberField(member, value);
        }
    }

    private static void write(JsonGenerator json, String member, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(member, value);
        }
    }

    /** The token; a {@link DataAccessException} if the text is not that of one. */
    static Token read(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            return read(json);
        } catch (IOException | RuntimeException e) {
            throw new DataAccessException("an entry of the ledger is not as it was written", e);
        }
    }

    private static Token read(JsonParser json) throws IOException {
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
        int generation = 1;
        Long disabledAt = null;
        String disabledReason = null;
        String rotationKey = null;
        Long rotatedAt = null;
        List<FormerSecret> former = List.of();
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
                case "generation" -> generation = json.getIntValue();
                case "disabled_at" -> disabledAt = json.getLongValue();
                case "disabled_reason" -> disabledReason = json.getText();
                case "rotation_key" -> rotationKey = json.getText();
                case "rotated_at" -> rotatedAt = json.getLongValue();
                case "former_secrets" -> former = readFormer(json);
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
                        changedBy,
                        generation,
                        disabledAt,
                        disabledReason,
                        rotationKey,
                        rotatedAt)
                .toToken(former);
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
        Optional<Instant> alarmed = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            switch (member) {
                case "generation" -> generation = json.getIntValue();
                case "digest" -> digest = json.getText();
                case "valid_until" -> until = Optional.of(Instant.ofEpochMilli(json.getLongValue()));
                case "alarmed_at" -> alarmed = Optional.of(Instant.ofEpochMilli(json.getLongValue()));
                default -> json.skipChildren();
            }
        }
        return new FormerSecret(generation, TokenDigest.parse(digest), until, alarmed);
    }
}
