package io.latchkey.http.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.Expiry;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Timestamps;
import io.latchkey.domain.Token;
import io.latchkey.http.json.JsonWriter;
import io.latchkey.http.wire.PercentEncoding;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Bodies of introspection responses (RFC 7662, section 2.2). */
@Singleton
final class IntrospectionJson {
    /** The response for all tokens that are not live; it does not reveal the reason. */
    static final byte[] INACTIVE = "{\"active\":false}".getBytes(UTF_8);

    private final Issuer issuer;
    private final ExpOfUnlimited expOfUnlimited;

    IntrospectionJson(Issuer issuer, @Value("${latchkey.server.introspection-exp:never}") String expOfUnlimited) {
        this.issuer = issuer;
        this.expOfUnlimited = ExpOfUnlimited.valueOf(expOfUnlimited.toUpperCase(Locale.ROOT));
    }

    /** The response for a live token. */
    byte[] active(Token token) {
        String id = token.id().toString();
        return JsonWriter.object(json -> {
            json.with("active", true);
            json.with("sub", token.name().value());
            json.with("username", token.name().value());
            json.with("client_id", id);
            json.with("jti", id);
            writeScope(json, token);
            json.with("token_type", "Bearer");
            json.with("iat", token.createdAt().getEpochSecond());
            switch (token.expiry()) {
                case Expiry.At(var endMillis) -> json.with("exp", Math.floorDiv(endMillis, 1000L));
                case Expiry.Never() -> {
                    if (expOfUnlimited == ExpOfUnlimited.FAR) {
                        json.with("exp", Timestamps.LAST_SECOND);
                    }
                }
            }
            token.attributes().notBefore().at().ifPresent(at -> json.with("nbf", at.getEpochSecond()));
            json.with("iss", issuer.name());
        });
    }

    /** A scope has at least one token (RFC 6749, section 3.3), so a token without permissions has none. */
    private static void writeScope(JsonWriter json, Token token) {
        switch (token.rights()) {
            case Rights.All() -> json.with("scope", "admin");
            case Permissions permissions -> {
                List<String> texts = permissions.texts();
                if (!texts.isEmpty()) {
                    json.with(
                            "scope",
                            texts.stream().map(PercentEncoding::encodeScope).collect(Collectors.joining(" ")));
                }
            }
        }
    }

    /** The value of {@code exp} for a token that never expires. */
    private enum ExpOfUnlimited {
        /** No {@code exp}. */
        NEVER,
        /** The end of the year 9999, for clients that require {@code exp}; every date library can parse it. */
        FAR
    }
}
