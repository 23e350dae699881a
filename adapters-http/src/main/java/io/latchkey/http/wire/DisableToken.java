package io.latchkey.http.wire;

import io.latchkey.domain.Reason;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.util.List;

/** The optional body of a request that disables a token: the reason. */
public final class DisableToken {
    private static final List<String> FIELDS = List.of("reason");

    private DisableToken() {}

    /** Reads the body, which may be empty. */
    public static Reason read(byte[] utf8) {
        return JsonFields.ofOptional(utf8, FIELDS)
                .filter(json -> !json.isNull("reason"))
                .flatMap(json -> json.optionalText("reason"))
                .map(Reason::new)
                .orElse(Reason.NONE);
    }

    /** Writes the body. */
    public static byte[] write(Reason reason) {
        return JsonWriter.object(json -> json.with("reason", reason.text()));
    }
}
