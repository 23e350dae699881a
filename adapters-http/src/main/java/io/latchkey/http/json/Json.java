package io.latchkey.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value (RFC 8259). */
public sealed interface Json {
    /** An object: its members by name, in the order of the text. */
    record Obj(Map<String, Json> byName) implements Json {}

    /** An array. */
    record Array(List<Json> inOrder) implements Json {}

    /** A string. */
    record Text(String value) implements Json {}

    /** A number as text, exactly as it was written. */
    record Num(String literal) implements Json {}

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Json {}

    /** The value {@code null}. */
    enum Null implements Json {
        NULL
    }

    /** Maximum nesting of arrays and objects in a text that is read. */
    int MAX_DEPTH = 32;

    /**
     * Parses a UTF-8 text that contains exactly one value.
     *
     * @throws JsonException if the text is not JSON, is nested deeper than {@link #MAX_DEPTH}, or has an object with
     *     two members of the same name
     */
    static Json parse(byte[] utf8) {
        try (JsonParser parser = Reader.FACTORY.createParser(Reader.decode(utf8))) {
            if (parser.nextToken() == null) {
                throw new JsonException("expected a JSON object, but the text is empty");
            }
            Json value = Reader.value(parser);
            if (parser.nextToken() != null) {
                throw new JsonException(
                        "expected no text after the JSON value" + Reader.place(parser.currentLocation()));
            }
            return value;
        } catch (JsonEOFException e) {
            throw new JsonException("the JSON text ends too early");
        } catch (CharacterCodingException e) {
            throw new JsonException("expected UTF-8");
        } catch (StreamConstraintsException e) {
            throw new JsonException("the JSON text is nested deeper than " + MAX_DEPTH
                    + ", or holds a name or a number that is too long");
        } catch (JsonParseException e) {
            // Without its message, which quotes the text.
            throw new JsonException("not a JSON text" + Reader.place(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** Turns tokens of the parser into values. */
    final class Reader {
        static final JsonFactory FACTORY = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .build();

        private Reader() {}

        static String decode(byte[] utf8) throws CharacterCodingException {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        }

        static Json value(JsonParser parser) throws IOException {
            JsonToken token = parser.currentToken();
            return switch (token) {
                case START_OBJECT -> members(parser);
                case START_ARRAY -> elements(parser);
                case VALUE_STRING -> new Text(parser.getText());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(parser.getText());
                case VALUE_TRUE -> new Bool(true);
                case VALUE_FALSE -> new Bool(false);
                case VALUE_NULL -> Null.NULL;
                case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("unexpected JSON token " + token);
            };
        }

        private static Json members(JsonParser parser) throws IOException {
            Map<String, Json> members = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                if (members.put(name, value(parser)) != null) {
                    throw new JsonException(
                            name,
                            "duplicate field `" + JsonException.quoted(name) + "`" + place(parser.currentLocation()));
                }
            }
            return new Obj(members);
        }

        private static Json elements(JsonParser parser) throws IOException {
            List<Json> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return new Array(elements);
        }

        static String place(JsonLocation location) {
            return " at line " + location.getLineNr() + " column " + location.getColumnNr();
        }
    }
}
