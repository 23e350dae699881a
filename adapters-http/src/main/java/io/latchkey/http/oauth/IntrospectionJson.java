package io.latchkey.http.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.Expiry;
import io.latchkey.domain.Token;
import io.latchkey.http.json.JsonWriter;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.Locale;

/** What is said of a token that somebody was shown (RFC 7662, section 2.2). */
@Singleton
final class IntrospectionJson {
    /** The same whatever the reason, so that nothing can be learned from it. */
    static final byte[] INACTIVE = "{\"active\":false}".getBytes(UTF_8);

    private final Issuer issuer;
    private final ExpOfUnlimited endless;

    IntrospectionJson(Issuer issuer, @Value("${latchkey.server.introspection-exp:never}") String endless) {
        this.issuer = issuer;
        this.endless = ExpOfUnlimited.valueOf(endless.toUpperCase(Locale.ROOT));
    }

    /** What is said of a live token. */
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
                    if (endless == ExpOfUnlimited.FAR) {
                        json.with("exp", ExpOfUnlimited.FAR_AWAY);
                    }
                }
            }
            json.with("iss", issuer.name());
        });
    }

    /** What is said of the end of what has none. */
    private enum ExpOfUnlimited {
        /** Nothing. */
        NEVER,
        /** A moment that nobody will see, for those who insist on one. */
        FAR;

        /** The last second of the year 9999, which every date library can still read. */
        static final long FAR_AWAY = 253_402_300_799L;
    }
}
