package io.latchkey.http.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.Expiry;
import io.latchkey.domain.Timestamps;
import io.latchkey.domain.Token;
import io.latchkey.http.json.JsonWriter;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.Locale;

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
            json.with("scope", "admin");
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
            json.with("iss", issuer.name());
        });
    }

    /** The value of {@code exp} for a token that never expires. */
    private enum ExpOfUnlimited {
        /** No {@code exp}. */
        NEVER,
        /** The end of the year 9999, for clients that require {@code exp}; every date library can parse it. */
        FAR
    }
}
