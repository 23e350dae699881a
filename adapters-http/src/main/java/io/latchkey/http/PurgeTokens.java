package io.latchkey.http;

import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.TokenFailure;
import java.time.Duration;
import java.util.List;

/** The body that ends tokens which expired long ago, and says how long. */
final class PurgeTokens {
    private static final String FIELD = "expired_for";

    private PurgeTokens() {}

    static Duration read(byte[] utf8) {
        String text = JsonFields.of(Json.parse(utf8), List.of(FIELD)).text(FIELD);
        try {
            return HumanDuration.parse(text);
        } catch (TokenFailure.Invalid e) {
            throw new TokenFailure.Invalid(FIELD, e.sentence());
        }
    }

    static byte[] write(Duration expiredFor) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField(FIELD, expiredFor.toMillis() + "ms");
            json.writeEndObject();
        });
    }
}
