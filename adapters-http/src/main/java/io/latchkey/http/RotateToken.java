package io.latchkey.http;

import io.latchkey.domain.Grace;
import io.latchkey.domain.RotationKey;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is asked for in a request that rotates a token: in its body the grace, in a header the key. */
record RotateToken(Grace grace, Optional<RotationKey> key) {
    private static final List<String> FIELDS = List.of("grace");

    /** The header of the key (draft-ietf-httpapi-idempotency-key-header). */
    static final String KEY = "Idempotency-Key";

    /** What 255 characters take in quotes at most. More is no key, and a pattern would match it by deep recursion. */
    private static final int LONGEST = 512;

    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"");

    static RotateToken read(byte[] utf8, List<String> keys) {
        Grace grace = JsonFields.ofOptional(utf8, FIELDS)
                .filter(json -> !json.isNull("grace"))
                .flatMap(json -> json.optionalText("grace"))
                .map(Grace::parse)
                .orElse(Grace.NONE);
        return new RotateToken(grace, key(keys));
    }

    /** A string in quotes as the draft wants it, or bare, as most send it. */
    private static Optional<RotationKey> key(List<String> headers) {
        if (headers.size() > 1) {
            throw new RefusedRequest(Refusal.badRequest(KEY + " is to be sent once"));
        }
        return headers.stream().findFirst().map(value -> {
            var quoted = QUOTED.matcher(value.length() > LONGEST ? "" : value);
            return new RotationKey(quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : value);
        });
    }

    static byte[] write(Grace grace) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("grace", grace.span().toMillis() + "ms");
            json.writeEndObject();
        });
    }

    /** The value of the header for a key. */
    static String write(RotationKey key) {
        return '"' + key.text().replaceAll("[\"\\\\]", "\\\\$0") + '"';
    }
}
