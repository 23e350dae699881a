package io.latchkey.http;

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
record JsonFields(Map<String, Json> byName) {
    /** RFC 3339 has four digits for it. */
    private static final int LAST_YEAR = 9999;

    /** The members of a value that should be an object. */
    static JsonFields of(Json value) {
        if (value instanceof Json.Members(var members)) {
            return new JsonFields(members);
        }
        throw new BadJson("expected a JSON object, not " + kind(value));
    }

    /**
     * The members of a value that should be an object, none of which is unknown.
     *
     * @param known all that there may be, in the order in which a refusal lists them
     */
    static JsonFields of(Json value, List<String> known) {
        JsonFields fields = of(value);
        for (String name : fields.byName.keySet()) {
            if (!known.contains(name)) {
                throw new BadJson(BadJson.quoted(name), UnknownName.sentence("field", name, known));
            }
        }
        return fields;
    }

    /** The members of the object in a body that may be empty, none of which is unknown. */
    static Optional<JsonFields> ofOptional(byte[] utf8, List<String> known) {
        return utf8.length == 0 ? Optional.empty() : Optional.of(of(Json.parse(utf8), known));
    }

    boolean has(String field) {
        return byName.containsKey(field);
    }

    /** Whether a field is there and {@code null}. */
    boolean isNull(String field) {
        return byName.get(field) == Json.Nothing.NULL;
    }

    /** A string that must be there. */
    String text(String field) {
        return optionalText(field).orElseThrow(() -> missing(field));
    }

    /** A string that need not be there, but is not null. */
    Optional<String> optionalText(String field) {
        return value(field).map(value -> switch (value) {
            case Json.Text(var text) -> text;
            case Json.Members _, Json.Elements _, Json.Numeral _, Json.Truth _, Json.Nothing _ ->
                throw wrong(field, "a string", value);
        });
    }

    /** A whole number from 0 up that need not be there, or may be null; one too large for a long is the largest. */
    Optional<Long> optionalWhole(String field) {
        return value(field).filter(value -> value != Json.Nothing.NULL).map(value -> switch (value) {
            case Json.Numeral(var literal) when isWhole(literal) -> saturated(literal);
            case Json.Members _, Json.Elements _, Json.Numeral _, Json.Truth _, Json.Text _, Json.Nothing _ ->
                throw wrong(field, "a whole number of 0 or more", value);
        });
    }

    /** A whole number from 0 up that must be there, and is small enough to count something with. */
    int whole(String field) {
        long number = optionalWhole(field).orElseThrow(() -> missing(field));
        if (number > Integer.MAX_VALUE) {
            throw new BadJson(field, "field `" + field + "`: expected a smaller number");
        }
        return (int) number;
    }

    /** The strings in an array that must be there. */
    List<String> texts(String field) {
        return elements(field).stream()
                .map(element -> {
                    if (element instanceof Json.Text(var text)) {
                        return text;
                    }
                    throw wrong(field, "nothing but strings", element);
                })
                .toList();
    }

    /** A moment in RFC 3339 that need not be there, or may be null. */
    Optional<Instant> optionalInstant(String field) {
        return value(field).filter(value -> value != Json.Nothing.NULL).map(value -> {
            String expected = "a moment like 2030-01-31T12:00:00Z";
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
    boolean truth(String field) {
        return value(field)
                .filter(value -> {
                    if (value instanceof Json.Truth(var truth)) {
                        return truth;
                    }
                    throw wrong(field, "true or false", value);
                })
                .isPresent();
    }

    /** The elements of an array that must be there. */
    List<Json> elements(String field) {
        return switch (value(field).orElseThrow(() -> missing(field))) {
            case Json.Elements(var inOrder) -> inOrder;
            case Json other -> throw wrong(field, "an array", other);
        };
    }

    /** A member that need not be there. */
    Optional<Json> value(String field) {
        return Optional.ofNullable(byName.get(field));
    }

    /** A field that must be there is not. */
    static BadJson missing(String field) {
        return new BadJson(field, "missing field `" + field + "`");
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

    private static BadJson wrong(String field, String expected, Json value) {
        return new BadJson(field, "field `" + field + "`: expected " + expected + ", not " + kind(value));
    }

    private static String kind(Json value) {
        return switch (value) {
            case Json.Members _ -> "an object";
            case Json.Elements _ -> "an array";
            case Json.Text _ -> "this string";
            case Json.Numeral(var literal) -> "the number " + BadJson.quoted(literal);
            case Json.Truth(var truth) -> Boolean.toString(truth);
            case Json.Nothing _ -> "null";
        };
    }
}
