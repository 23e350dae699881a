package io.latchkey.http.wire;

import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.IdempotencyKey;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonFields;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is asked for in a request that rotates a token: in its body the grace, in a header the key. */
public record RotateToken(GracePeriod grace, Optional<IdempotencyKey> key) {
    private static final List<String> FIELDS = List.of("grace");

    /** The header of the key (draft-ietf-httpapi-idempotency-key-header). */
    public static final String KEY = "Idempotency-Key";

    /** What 255 characters take in quotes at most. More is no key, and a pattern would match it by deep recursion. */
    private static final int LONGEST = 512;

    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"");

    public static RotateToken read(byte[] utf8, List<String> keys) {
        GracePeriod grace = JsonFields.ofOptional(utf8, FIELDS)
                .filter(json -> !json.isNull("grace"))
                .flatMap(json -> json.optionalText("grace"))
                .map(GracePeriod::parse)
                .orElse(GracePeriod.NONE);
        return new RotateToken(grace, key(keys));
    }

    /** A string in quotes as the draft wants it, or bare, as most send it. */
    private static Optional<IdempotencyKey> key(List<String> headers) {
        if (headers.size() > 1) {
            throw new ProblemException(Problem.badRequest(KEY + " must not be repeated"));
        }
        return headers.stream().findFirst().map(value -> {
            var quoted = QUOTED.matcher(value.length() > LONGEST ? "" : value);
            return new IdempotencyKey(quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : value);
        });
    }

    public static byte[] write(GracePeriod grace) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("grace", grace.span().toMillis() + "ms");
            json.writeEndObject();
        });
    }

    /** The value of the header for a key. */
    public static String write(IdempotencyKey key) {
        return '"' + key.text().replaceAll("[\"\\\\]", "\\\\$0") + '"';
    }
}
