package io.latchkey.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked for in a request that creates a named token. */
public record CreateToken(TokenName name, Lifetime lifetime, Description description) {
    /** Those of Latchkey's body. */
    static final List<String> FIELDS = List.of("name", "description", "expiry", "expiry_secs");

    private static final List<String> NAME_FIELDS = List.of("name", "token_name");

    /** InfluxDB's body: an object, or an array of its two values (contract 1.7). */
    public static CreateToken readInflux(byte[] utf8) {
        Json value = Json.parse(utf8);
        if (value instanceof Json.Array(var elements)) {
            if (elements.size() != 2) {
                throw new JsonException(
                        "expected a JSON object with `token_name`, or an array of a name and a lifetime");
            }
            value = new Json.Obj(Map.of("token_name", elements.getFirst(), "expiry_secs", elements.getLast()));
        }
        return read(JsonFields.of(value), "token_name");
    }

    /** Latchkey's body. */
    public static CreateToken readOwn(byte[] utf8) {
        return read(JsonFields.of(Json.parse(utf8), FIELDS), "name");
    }

    /**
     * Whether a body that may be anything asks for a named token (contract A.1, row 2). One that seems to, but cannot be
     * read, does: to answer it with an operator token would give away more than was asked for.
     */
    public static boolean looksNamed(byte[] body) {
        try {
            return Json.parse(body) instanceof Json.Obj(var members)
                    && NAME_FIELDS.stream().anyMatch(members::containsKey);
        } catch (JsonException e) {
            String text = new String(body, UTF_8);
            return NAME_FIELDS.stream().anyMatch(field -> text.contains('"' + field + '"'));
        }
    }

    /** A body that {@link #looksNamed(byte[])}. */
    public static CreateToken readEither(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        return read(json, json.has("name") ? "name" : "token_name");
    }

    private static CreateToken read(JsonFields json, String nameField) {
        return new CreateToken(
                new TokenName(json.text(nameField)),
                lifetime(json).orElse(Lifetime.UNLIMITED),
                EditToken.readDescription(json).orElse(Description.NONE));
    }

    /** The lifetime that a body asks for; empty if it says nothing of one. */
    static Optional<Lifetime> lifetime(JsonFields json) {
        if (json.has("expiry_secs") && json.has("expiry")) {
            throw new JsonException("expiry", "field `expiry`: expected either this or `expiry_secs`, not both");
        }
        if (json.has("expiry_secs")) {
            return Optional.of(
                    json.optionalWhole("expiry_secs").map(CreateToken::span).orElse(Lifetime.UNLIMITED));
        }
        if (json.has("expiry")) {
            return Optional.of(json.optionalInstant("expiry")
                    .<Lifetime>map(Lifetime.Until::new)
                    .orElse(Lifetime.UNLIMITED));
        }
        return Optional.empty();
    }

    private static Lifetime span(long seconds) {
        return new Lifetime.Span(Duration.ofSeconds(seconds));
    }

    /** InfluxDB's body for this; there is no place in it for a description or the moment of an end. */
    public byte[] writeInflux() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("token_name", name.value());
            switch (lifetime) {
                case Lifetime.Span(var span) -> json.writeNumberField("expiry_secs", span.toSeconds());
                case Lifetime.Unlimited(), Lifetime.Until _ -> json.writeNullField("expiry_secs");
            }
            json.writeEndObject();
        });
    }

    /** Latchkey's body for this. */
    public byte[] writeOwn() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("name", name.value());
            json.writeStringField("description", description.text());
            EditToken.writeLifetime(json, lifetime);
            json.writeEndObject();
        });
    }
}
