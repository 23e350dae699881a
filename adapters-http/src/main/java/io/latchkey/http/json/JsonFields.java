package io.latchkey.http.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of a JSON object, read by name; every refusal names the field and what was expected of it. In a request to
 * our own API there may be no others than those its reader knows; in InfluxDB's requests, and in answers, others are
 * ignored.
 */
public record JsonFields(Map<String, Json> byName) {
    /** RFC 3339 has four digits for it. */
    private static final int LAST_YEAR = 9999;

    /** The members of a value that should be an object. */
    public static JsonFields of(Json value) {
        if (value instanceof Json.Obj(var members)) {
            return new JsonFields(members);
        }
        throw new JsonException("expected a JSON object, not " + kind(value));
    }

    /**
     * The members of a value that should be an object, none of which is unknown.
     *
     * @param known all that there may be, in the order in which a refusal lists them
     */
    public static JsonFields of(Json value, List<String> known) {
        JsonFields fields = of(value);
        for (String name : fields.byName.keySet()) {
            if (!known.contains(name)) {
                throw new JsonException(JsonException.quoted(name), UnknownNameMessage.sentence("field", name, known));
            }
        }
        return fields;
    }

    /** The members of the object in a body that may be empty, none of which is unknown. */
    public static Optional<JsonFields> ofOptional(byte[] utf8, List<String> known) {
        return utf8.length == 0 ? Optional.empty() : Optional.of(of(Json.parse(utf8), known));
    }

    public boolean has(String field) {
        return byName.containsKey(field);
    }

    /** Whether a field is there and {@code null}. */
    public boolean isNull(String field) {
        return byName.get(field) == Json.Null.NULL;
    }

    /** A string that must be there. */
    public String text(String field) {
        return optionalText(field).orElseThrow(() -> missing(field));
    }

    /** A string that need not be there, but is not null. */
    public Optional<String> optionalText(String field) {
        return value(field).map(value -> switch (value) {
            case Json.Text(var text) -> text;
            case Json.Obj _, Json.Array _, Json.Num _, Json.Bool _, Json.Null _ ->
                throw wrong(field, "a string", value);
        });
    }

    /** A whole number from 0 up that need not be there, or may be null; one too large for a long is the largest. */
    public Optional<Long> optionalWhole(String field) {
        return value(field).filter(value -> value != Json.Null.NULL).map(value -> switch (value) {
            case Json.Num(var literal) when isWhole(literal) -> saturated(literal);
            case Json.Obj _, Json.Array _, Json.Num _, Json.Bool _, Json.Text _, Json.Null _ ->
                throw wrong(field, "a whole number of 0 or more", value);
        });
    }

    /** A whole number from 0 up that must be there, and is small enough to count something with. */
    public int whole(String field) {
        long number = optionalWhole(field).orElseThrow(() -> missing(field));
        if (number > Integer.MAX_VALUE) {
            throw new JsonException(field, "field `" + field + "`: expected a number up to " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    /** The strings in an array that must be there. */
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

    /** A moment in RFC 3339 that need not be there, or may be null. */
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
                // the same refusal
            }
            throw wrong(field, expected, value);
        });
    }

    /** A truth value that need not be there; false without it. */
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

    /** The elements of an array that must be there. */
    public List<Json> elements(String field) {
        return switch (value(field).orElseThrow(() -> missing(field))) {
            case Json.Array(var inOrder) -> inOrder;
            case Json other -> throw wrong(field, "an array", other);
        };
    }

    /** A member that need not be there. */
    public Optional<Json> value(String field) {
        return Optional.ofNullable(byName.get(field));
    }

    /** A field that must be there is not. */
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
