package io.latchkey.http.wire;

import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenName;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.util.Optional;

/** The body of a request that edits a token; fields that are missing stay as they are (RFC 7396). */
public final class EditToken {
    private EditToken() {}

    /** Reads the body. */
    public static TokenEdit read(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8), CreateToken.FIELDS);
        return new TokenEdit(
                json.optionalText("name").map(TokenName::new),
                readDescription(json),
                CreateToken.lifetime(json),
                AttributesJson.readEdit(json));
    }

    /** The description in a body; {@code null} in the body removes it. */
    static Optional<Description> readDescription(JsonFields json) {
        return json.isNull("description")
                ? Optional.of(Description.NONE)
                : json.optionalText("description").map(Description::new);
    }

    /** Writes the body. */
    public static byte[] write(TokenEdit edit) {
        return JsonWriter.object(json -> {
            json.withTextIfPresent("name", edit.name().map(TokenName::value))
                    .withTextIfPresent("description", edit.description().map(Description::text));
            edit.lifetime().ifPresent(lifetime -> writeLifetime(json, lifetime));
            AttributesJson.write(json, edit.attributes());
        });
    }

    /** Writes a lifetime; fractions of a second are dropped, as InfluxDB's clients do. */
    static void writeLifetime(JsonWriter json, Lifetime lifetime) {
        switch (lifetime) {
            case Lifetime.Unlimited() -> json.withNull("expiry");
            case Lifetime.Span(var span) -> json.with("expiry_secs", span.toSeconds());
            case Lifetime.Until(var end) -> json.with("expiry", end.toString());
        }
    }
}
