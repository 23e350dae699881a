package io.latchkey.http.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of a JSON object, read by name. Every failure is a {@link JsonException} that names the field and the
 * expected value. Unknown members are rejected in requests to Latchkey's own API, and ignored in InfluxDB's requests
 * and in responses.
 */
public record JsonFields(Map<String, Json> byName) {
    /** A year has four digits in RFC 3339. */
    private static final int LAST_YEAR = 9999;

    /** The members of a value that must be an object. */
    public static JsonFields of(Json value) {
        if (value instanceof Json.Obj(var members)) {
            return new JsonFields(members);
        }
        throw new JsonException("expected a JSON object, not " + kind(value));
    }

    /**
     * The members of a value that must be an object without unknown members.
     *
     * @param permitted the names of all members, in the order of the error message
     */
    public static JsonFields of(Json value, List<String> permitted) {
        JsonFields fields = of(value);
        for (String name : fields.byName.keySet()) {
            if (!permitted.contains(name)) {
                throw new JsonException(
                        JsonException.quoted(name), UnknownNameMessage.sentence("field", name, permitted));
            }
        }
        return fields;
    }

    /** The members of the object in a body, without unknown members; empty if the body is empty. */
    public static Optional<JsonFields> ofOptional(byte[] utf8, List<String> permitted) {
        return utf8.length == 0 ? Optional.empty() : Optional.of(of(Json.parse(utf8), permitted));
    }

    /** Whether the object has a field, even {@code null}. */
    public boolean has(String field) {
        return byName.containsKey(field);
    }

    /** Whether a field is present and {@code null}. */
    public boolean isNull(String field) {
        return byName.get(field) == Json.Null.NULL;
    }

    /** A required string. */
    public String text(String field) {
        return optionalText(field).orElseThrow(() -> missing(field));
    }

    /** An optional string; {@code null} is an error. */
    public Optional<String> optionalText(String field) {
        return value(field).map(value -> switch (value) {
            case Json.Text(var text) -> text;
            case Json.Obj _, Json.Array _, Json.Num _, Json.Bool _, Json.Null _ ->
                throw wrong(field, "a string", value);
        });
    }

    /** An optional whole number of 0 or more; empty for {@code null}, {@code Long.MAX_VALUE} for anything larger. */
    public Optional<Long> optionalWhole(String field) {
        return value(field).filter(value -> value != Json.Null.NULL).map(value -> switch (value) {
            case Json.Num(var literal) when isWhole(literal) -> saturated(literal);
            case Json.Obj _, Json.Array _, Json.Num _, Json.Bool _, Json.Text _, Json.Null _ ->
                throw wrong(field, "a whole number of 0 or more", value);
        });
    }

    /** A required whole number from 0 to {@code Integer.MAX_VALUE}. */
    public int whole(String field) {
        long number = optionalWhole(field).orElseThrow(() -> missing(field));
        if (number > Integer.MAX_VALUE) {
            throw new JsonException(field, "field `" + field + "`: expected a number up to " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    /** A required array of strings. */
    public List<String> texts(String field) {
        return elements(field).stream()
                .map(element -> {
                    if (element instanceof Json.Text(var text)) {
                        return text;
                    }
                    throw wrong(field, "only strings", element);
                })
                .toList();
    }

    /** An optional timestamp (RFC 3339, years 0 to 9999); empty for {@code null}. */
    public Optional<Instant> optionalInstant(String field) {
        return value(field).filter(value -> value != Json.Null.NULL).map(value -> {
            String expected = "a timestamp like 2030-01-31T12:00:00Z";
            if (!(value instanceof Json.Text(var text))) {
                throw wrong(field, expected, value);
            }
            try {
                OffsetDateTime moment = OffsetDateTime.parse(text);
                if (moment.getYear() >= 0 && moment.getYear() <= LAST_YEAR) {
                    return moment.toInstant();
                }
            } catch (DateTimeException e) {
                // the same error
            }
            throw wrong(field, expected, value);
        });
    }

    /** An optional boolean; false if missing. */
    public boolean truth(String field) {
        return value(field)
                .filter(value -> {
                    if (value instanceof Json.Bool(var truth)) {
                        return truth;
                    }
                    throw wrong(field, "true or false", value);
                })
                .isPresent();
    }

    /** A required array. */
    public List<Json> elements(String field) {
        return switch (value(field).orElseThrow(() -> missing(field))) {
            case Json.Array(var inOrder) -> inOrder;
            case Json other -> throw wrong(field, "an array", other);
        };
    }

    /** A member, if present. */
    public Optional<Json> value(String field) {
        return Optional.ofNullable(byName.get(field));
    }

    /** The failure for a required field that is missing. */
    public static JsonException missing(String field) {
        return new JsonException(field, "missing field `" + field + "`");
    }

    private static boolean isWhole(String literal) {
        return literal.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static long saturated(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static JsonException wrong(String field, String expected, Json value) {
        return new JsonException(field, "field `" + field + "`: expected " + expected + ", not " + kind(value));
    }

    private static String kind(Json value) {
        return switch (value) {
            case Json.Obj _ -> "an object";
            case Json.Array _ -> "an array";
            case Json.Text _ -> "this string";
            case Json.Num(var literal) -> "the number " + JsonException.quoted(literal);
            case Json.Bool(var truth) -> Boolean.toString(truth);
            case Json.Null _ -> "null";
        };
    }
}
