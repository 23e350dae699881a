package io.latchkey.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.NewToken;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The body of a request that creates a named token, in InfluxDB's and in Latchkey's own form. */
public record CreateToken(NewToken token) {
    /** The fields of Latchkey's form. */
    static final List<String> FIELDS = Stream.concat(
                    Stream.of("name", "description", "expiry", "expiry_secs"), AttributesJson.FIELDS.stream())
            .toList();

    private static final List<String> NAME_FIELDS = List.of("name", "token_name");

    /** Reads InfluxDB's form: an object, or an array of its two values (contract 1.7). */
    public static CreateToken readInflux(byte[] utf8) {
        Json value = Json.parse(utf8);
        if (value instanceof Json.Array(var elements)) {
            if (elements.size() != 2) {
                throw new JsonException(
                        "expected a JSON object with `token_name`, or an array of a name and a lifetime");
            }
            value = new Json.Obj(Map.of("token_name", elements.getFirst(), "expiry_secs", elements.getLast()));
        }
        return new CreateToken(read(JsonFields.of(value), "token_name", Attributes.ADMIN));
    }

    /** Reads Latchkey's form. */
    public static CreateToken readOwn(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8), FIELDS);
        return new CreateToken(read(json, "name", AttributesJson.read(json)));
    }

    /**
     * Whether any body asks for a named token (contract A.1, row 2). True also for an invalid body that seems to:
     * creating an operator token instead would give the client more rights than it asked for.
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

    /** Reads a body of either form for which {@link #looksNamed(byte[])} is true. */
    public static CreateToken readEither(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        return new CreateToken(read(json, json.has("name") ? "name" : "token_name", Attributes.ADMIN));
    }

    private static NewToken read(JsonFields json, String nameField, Attributes attributes) {
        return new NewToken(
                new TokenName(json.text(nameField)),
                lifetime(json).orElse(Lifetime.UNLIMITED),
                EditToken.readDescription(json).orElse(Description.NONE),
                attributes);
    }

    /** The lifetime in a body, from {@code expiry_secs} or {@code expiry}; empty if it has neither. */
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

    /** Whether InfluxDB's form has fields for all that is asked. */
    public boolean fitsInflux() {
        return token.description().isEmpty()
                && token.attributes().equals(Attributes.ADMIN)
                && switch (token.lifetime()) {
                    case Lifetime.Unlimited(), Lifetime.Span _ -> true;
                    case Lifetime.Until _ -> false;
                };
    }

    /** Writes InfluxDB's form, which has no field for a description or an expiry date. */
    public byte[] writeInflux() {
        return JsonWriter.object(json -> {
            json.with("token_name", token.name().value());
            switch (token.lifetime()) {
                case Lifetime.Span(var span) -> json.with("expiry_secs", span.toSeconds());
                case Lifetime.Unlimited(), Lifetime.Until _ -> json.withNull("expiry_secs");
            }
        });
    }

    /** Writes Latchkey's form. */
    public byte[] writeOwn() {
        return JsonWriter.object(json -> {
            json.with("name", token.name().value())
                    .with("description", token.description().text());
            EditToken.writeLifetime(json, token.lifetime());
            AttributesJson.write(json, token.attributes());
        });
    }
}
