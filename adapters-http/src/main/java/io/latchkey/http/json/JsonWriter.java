package io.latchkey.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes the members of one JSON object, in the order of the calls. */
public final class JsonWriter {
    private final JsonGenerator json;

    private JsonWriter(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the value of a member. */
    @FunctionalInterface
    private interface Value {
        void write(JsonGenerator json) throws IOException;
    }

    /** The UTF-8 text of an object. */
    public static byte[] object(Consumer<JsonWriter> members) {
        var bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = Json.Reader.FACTORY.createGenerator(bytes)) {
            new JsonWriter(json).writeObject(members);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** A member whose value is a string. */
    public JsonWriter with(String name, String text) {
        return member(name, generator -> generator.writeString(text));
    }

    /** A member whose value is a whole number. */
    public JsonWriter with(String name, long number) {
        return member(name, generator -> generator.writeNumber(number));
    }

    /** A member whose value is true or false. */
    public JsonWriter with(String name, boolean value) {
        return member(name, generator -> generator.writeBoolean(value));
    }

    /** A member whose value is null. */
    public JsonWriter withNull(String name) {
        return member(name, JsonGenerator::writeNull);
    }

    /** A member whose value is a string or null. */
    public JsonWriter withText(String name, Optional<String> text) {
        return text.isPresent() ? with(name, text.get()) : withNull(name);
    }

    /** A member whose value is a time in UTC, as {@link Instant#toString()} writes it, or null. */
    public JsonWriter withInstant(String name, Optional<Instant> instant) {
        return withText(name, instant.map(Instant::toString));
    }

    /** A member whose value is a whole number or null. */
    public JsonWriter withNumber(String name, Optional<Long> number) {
        return number.isPresent() ? with(name, number.get()) : withNull(name);
    }

    /** A member whose value is a string; no member without a value. */
    public JsonWriter withTextIfPresent(String name, Optional<String> text) {
        return text.isPresent() ? with(name, text.get()) : this;
    }

    /** A member whose value is a whole number; no member without a value. */
    public JsonWriter withNumberIfPresent(String name, Optional<Long> number) {
        return number.isPresent() ? with(name, number.get()) : this;
    }

    /** A member whose value is an object. */
    public JsonWriter withObject(String name, Consumer<JsonWriter> members) {
        return member(name, _ -> writeObject(members));
    }

    /** A member whose value is an array of objects, one for each item. */
    public <T> JsonWriter withObjects(String name, Iterable<T> items, BiConsumer<JsonWriter, T> members) {
        return member(name, generator -> {
            generator.writeStartArray();
            for (T item : items) {
                writeObject(object -> members.accept(object, item));
            }
            generator.writeEndArray();
        });
    }

    /** A member whose value is an array of strings. */
    public JsonWriter withTexts(String name, Iterable<String> texts) {
        return member(name, generator -> {
            generator.writeStartArray();
            for (String text : texts) {
                generator.writeString(text);
            }
            generator.writeEndArray();
        });
    }

    private void writeObject(Consumer<JsonWriter> members) throws IOException {
        json.writeStartObject();
        members.accept(this);
        json.writeEndObject();
    }

    private JsonWriter member(String name, Value value) {
        try {
            json.writeFieldName(name);
            value.write(json);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }
}
