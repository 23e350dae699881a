package io.latchkey.http.wire;

import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.TokenFailure;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.time.Duration;
import java.util.List;

/** The body of {@code POST /api/v1/purge}: how long ago the tokens to delete expired. */
public final class PurgeTokens {
    private static final String FIELD = "expired_for";

    private PurgeTokens() {}

    /** Reads the body. */
    public static Duration read(byte[] utf8) {
        String text = JsonFields.of(Json.parse(utf8), List.of(FIELD)).text(FIELD);
        try {
            return HumanDuration.parse(text);
        } catch (TokenFailure.Invalid e) {
            throw new TokenFailure.Invalid(FIELD, e.sentence());
        }
    }

    /** Writes the body. */
    public static byte[] write(Duration expiredFor) {
        return JsonWriter.object(json -> json.with(FIELD, expiredFor.toMillis() + "ms"));
    }
}
