package io.latchkey.http.wire;

import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.IdempotencyKey;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A request that rotates a token: the grace period is in the body, the idempotency key in a header. */
public record RotateToken(GracePeriod grace, Optional<IdempotencyKey> key) {
    private static final List<String> FIELDS = List.of("grace");

    /** The header of the idempotency key (draft-ietf-httpapi-idempotency-key-header). */
    public static final String KEY = "Idempotency-Key";

    /** Maximum length of 255 escaped characters in quotes. The pattern would recurse deeply on longer values. */
    private static final int LONGEST = 512;

    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"");

    /**
     * Reads body and header.
     *
     * @param utf8 the body, which may be empty
     * @param keys all values of the header
     */
    public static RotateToken read(byte[] utf8, List<String> keys) {
        GracePeriod grace = JsonFields.ofOptional(utf8, FIELDS)
                .filter(json -> !json.isNull("grace"))
                .flatMap(json -> json.optionalText("grace"))
                .map(GracePeriod::parse)
                .orElse(GracePeriod.NONE);
        return new RotateToken(grace, key(keys));
    }

    /** The key in quotes, as the draft requires, or without, as most clients send it. */
    private static Optional<IdempotencyKey> key(List<String> headers) {
        if (headers.size() > 1) {
            throw new ProblemException(Problem.badRequest(KEY + " must not be repeated"));
        }
        return headers.stream().findFirst().map(value -> {
            var quoted = QUOTED.matcher(value.length() > LONGEST ? "" : value);
            return new IdempotencyKey(quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : value);
        });
    }

    /** Writes the body. */
    public static byte[] write(GracePeriod grace) {
        return JsonWriter.object(json -> json.with("grace", grace.span().toMillis() + "ms"));
    }

    /** Writes the value of the header. */
    public static String write(IdempotencyKey key) {
        return '"' + key.text().replaceAll("[\"\\\\]", "\\\\$0") + '"';
    }
}
