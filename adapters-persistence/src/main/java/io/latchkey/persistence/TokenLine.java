package io.latchkey.persistence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.micronaut.data.exceptions.DataAccessException;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A token on a line of a file, as {@link TokenJson} writes it or as others do, who know less: a {@code name} and a {@code
 * digest}, which InfluxDB 3 calls {@code hash}, are enough.
 */
final class TokenLine {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    // What InfluxDB and the API say that follows from the rest.
    private static final Set<String> FOREIGN = Set.of("kind", "state", "permissions");
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "hash", "digest",
            "token_id", "id",
            "expiry", "expires_at",
            "created_by_token_id", "created_by",
            "updated_at", "changed_at",
            "updated_by_token_id", "changed_by");

    private TokenLine() {}

    static Token read(String line, Instant now) {
        try {
            Token token = TokenJson.read(complete(line, now));
            if (token.isOperator() && !token.expiry().equals(Expiry.NEVER)) {
                throw new TokenFailure.Invalid("expiry", "the operator token never expires");
            }
            return token;
        } catch (DataAccessException e) {
            throw new TokenFailure.Invalid("token", "not a token");
        }
    }

    /** The same line with all that every token has. */
    private static String complete(String line, Instant now) {
        StringWriter text = new StringWriter(line.length() + 100);
        try (JsonParser from = JSON.createParser(line);
                JsonGenerator to = JSON.createGenerator(text)) {
            if (from.nextToken() != JsonToken.START_OBJECT) {
                throw expected("a JSON object");
            }
            to.writeStartObject();
            Set<String> seen = new HashSet<>();
            long version = 1;
            while (from.nextToken() == JsonToken.FIELD_NAME) {
                String member = OTHER_NAMES.getOrDefault(from.currentName(), from.currentName());
                if (from.nextToken() == JsonToken.VALUE_NULL || FOREIGN.contains(member)) {
                    from.skipChildren();
                } else if (!seen.add(member)) {
                    throw expected("each member once");
                } else if (member.equals("version")) {
                    version = from.getLongValue();
                } else {
                    copy(member, from, to);
                }
            }
            if (from.currentToken() != JsonToken.END_OBJECT || from.nextToken() != null) {
                throw expected("one JSON object");
            }
            if (!seen.contains("name") || !seen.contains("digest")) {
                throw expected("a name and a digest");
            }
            if (!seen.contains("id")) {
                to.writeNumberField("id", 1);
            }
            // Whoever leaves out when it was changed says that it was not.
            to.writeNumberField("version", seen.contains("changed_at") ? version : 1);
            if (!seen.contains("description")) {
                to.writeStringField("description", "");
            }
            if (!seen.contains("created_at")) {
                to.writeNumberField("created_at", now.toEpochMilli());
            }
            to.writeEndObject();
            to.flush();
            return text.toString();
        } catch (IOException e) {
            throw expected("JSON");
        }
    }

    /** Copies a member, once it is known to be good. */
    private static void copy(String member, JsonParser from, JsonGenerator to) throws IOException {
        to.writeFieldName(member);
        switch (member) {
            case "name" -> to.writeString(new TokenName(from.getText()).value());
            case "digest" -> to.writeString(TokenDigest.parse(from.getText()).hex());
            case "expires_at", "created_at", "changed_at" ->
                to.writeNumber(
                        from.currentToken() == JsonToken.VALUE_STRING ? instant(from.getText()) : from.getLongValue());
            default -> to.copyCurrentStructure(from);
        }
    }

    private static long instant(String text) {
        try {
            return OffsetDateTime.parse(text.matches(".*(Z|[+-]\\d\\d:\\d\\d)") ? text : text + "Z")
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw expected("a moment like 2030-01-31T12:00:00Z");
        }
    }

    private static TokenFailure.Invalid expected(String what) {
        return new TokenFailure.Invalid("token", "expected " + what);
    }
}
