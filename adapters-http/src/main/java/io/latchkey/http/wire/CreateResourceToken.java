package io.latchkey.http.wire;

import io.latchkey.application.NewToken;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permission;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.ResourceName;
import io.latchkey.domain.TokenName;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.util.List;
import java.util.Optional;

/**
 * The body of a request of InfluxDB 3 Enterprise that creates a resource token.
 *
 * @param databases those that InfluxDB would create at the same time
 */
public record CreateResourceToken(NewToken token, List<String> databases) {
    private static final String PERMISSIONS = "permissions";
    private static final String NAMES = "resource_names";

    /** The older name of the same field. */
    private static final String FORMER_NAMES = "resource_identifier";

    private static final String DATABASES = "create_databases";

    /** Reads a body; ignores unknown fields, as InfluxDB does. */
    public static CreateResourceToken read(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        return new CreateResourceToken(
                new NewToken(
                        new TokenName(json.text("token_name")),
                        CreateToken.lifetime(json).orElse(Lifetime.UNLIMITED),
                        EditToken.readDescription(json).orElse(Description.NONE),
                        Attributes.ADMIN.with(new Permissions(json.elements(PERMISSIONS).stream()
                                .map(CreateResourceToken::permission)
                                .toList()))),
                json.has(DATABASES) && !json.isNull(DATABASES) ? json.texts(DATABASES) : List.of());
    }

    /**
     * The body for a token, without databases; empty if InfluxDB's form has no fields for all that is asked, or the token is no
     * resource token.
     */
    public static Optional<byte[]> write(NewToken token) {
        if (!(token.attributes().rights() instanceof Permissions permissions)
                || !token.attributes().equals(Attributes.ADMIN.with(permissions))
                || !token.description().isEmpty()
                || token.lifetime() instanceof Lifetime.Until) {
            return Optional.empty();
        }
        return Optional.of(JsonWriter.object(json -> {
            json.with("token_name", token.name().value())
                    .withObjects(
                            PERMISSIONS,
                            permissions.all(),
                            (object, permission) -> object.with("resource_type", permission.type())
                                    .withTexts(
                                            NAMES,
                                            permission.names().stream()
                                                    .map(ResourceName::text)
                                                    .toList())
                                    .withTexts("actions", permission.actions()));
            switch (token.lifetime()) {
                case Lifetime.Span(var span) -> json.with("expiry_secs", span.toSeconds());
                case Lifetime.Unlimited(), Lifetime.Until _ -> {}
            }
        }));
    }

    private static Permission permission(Json value) {
        if (!(value instanceof Json.Obj)) {
            throw new JsonException(
                    PERMISSIONS,
                    "field `" + PERMISSIONS + "`: expected objects with `resource_type`, `" + NAMES
                            + "` and `actions`");
        }
        JsonFields json = JsonFields.of(value);
        if (json.has(NAMES) && json.has(FORMER_NAMES)) {
            throw new JsonException(
                    FORMER_NAMES, "field `" + FORMER_NAMES + "`: expected either this or `" + NAMES + "`, not both");
        }
        return Permission.of(
                json.text("resource_type"),
                json.texts(json.has(FORMER_NAMES) ? FORMER_NAMES : NAMES),
                json.texts("actions"));
    }
}
