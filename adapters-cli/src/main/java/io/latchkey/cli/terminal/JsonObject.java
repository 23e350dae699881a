package io.latchkey.cli.terminal;

import io.latchkey.application.table.JsonText;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A builder of a JSON object (RFC 8259) on one line, with its members in the order of the calls. Times are in UTC and
 * end in Z.
 */
public final class JsonObject {
    private static final String NULL = "null";

    private final StringBuilder members = new StringBuilder();

    /** With a member whose value is a text. */
    public JsonObject with(String name, String text) {
        return withJson(name, JsonText.string(text));
    }

    /** With a member whose value is a whole number. */
    public JsonObject with(String name, long number) {
        return withJson(name, Long.toString(number));
    }

    /** With a member whose value is true or false. */
    public JsonObject with(String name, boolean truth) {
        return withJson(name, Boolean.toString(truth));
    }

    /** With a member whose value is an object. */
    JsonObject with(String name, JsonObject object) {
        return withJson(name, object.text());
    }

    /** With a member whose value is an array of objects. */
    public JsonObject with(String name, Stream<JsonObject> objects) {
        return withJson(name, objects.map(JsonObject::text).collect(Collectors.joining(",", "[", "]")));
    }

    /** With a member whose value is an array of texts. */
    public JsonObject withTexts(String name, Stream<String> texts) {
        return withJson(name, texts.map(JsonText::string).collect(Collectors.joining(",", "[", "]")));
    }

    /** With a member whose value is a text or null. */
    public JsonObject withText(String name, Optional<String> text) {
        return withJson(name, text.map(JsonText::string).orElse(NULL));
    }

    /** With a member whose value is a time in UTC or null. */
    public JsonObject withInstant(String name, Optional<Instant> instant) {
        return withText(name, instant.map(Instant::toString));
    }

    /** With a member whose value is a whole number or null. */
    public JsonObject withNumber(String name, Optional<? extends Number> number) {
        return withJson(name, number.map(Number::toString).orElse(NULL));
    }

    /** With a member whose value is JSON already. */
    public JsonObject withJson(String name, String json) {
        members.append(members.isEmpty() ? "" : ",")
                .append(JsonText.string(name))
                .append(':')
                .append(json);
        return this;
    }

    /** With the members of another object. */
    JsonObject withAll(JsonObject other) {
        members.append(members.isEmpty() || other.members.isEmpty() ? "" : ",").append(other.members);
        return this;
    }

    /** The object, without a line feed. */
    public String text() {
        return "{" + members + "}";
    }

    /** The object on a line. */
    public String line() {
        return text() + "\n";
    }
}
