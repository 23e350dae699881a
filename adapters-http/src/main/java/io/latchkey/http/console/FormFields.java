package io.latchkey.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The fields of a form, from a body or a query; each at most once. */
record FormFields(Map<String, String> values) {
    static final FormFields NONE = new FormFields(Map.of());

    /** Maximum number of fields. */
    private static final int MOST = 100;

    FormFields {
        values = Map.copyOf(values);
    }

    /**
     * Parses a body.
     *
     * @throws ProblemException if it is not a form in UTF-8, or names a field twice
     */
    static FormFields parse(byte[] body) {
        try {
            return parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException e) {
            throw new ProblemException(Problem.badRequest("the form is not UTF-8"), e);
        }
    }

    /**
     * Parses a query or a decoded body.
     *
     * @throws ProblemException if it is not form-encoded, or names a field twice
     */
    static FormFields parse(String encoded) {
        Map<String, String> values = new HashMap<>();
        for (String pair : encoded.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (values.size() == MOST
                    || values.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1))) != null) {
                throw new ProblemException(Problem.badRequest("the form has a field twice, or too many fields"));
            }
        }
        return new FormFields(values);
    }

    private static String decode(String text) {
        return PercentEncoding.decode(text.replace('+', ' '));
    }

    /** A field without white space around it; empty if it is missing. */
    String text(String name) {
        return values.getOrDefault(name, "").strip();
    }

    /**
     * Refuses a form without one of these fields, which may be empty: one that is missing does not mean an empty one.
     *
     * @throws ProblemException if one is missing
     */
    void require(List<String> names) {
        for (String name : names) {
            if (!values.containsKey(name)) {
                throw new ProblemException(
                        Problem.badRequest("the form has no field " + name + ": load its page again"));
            }
        }
    }

    /** Whether a field is present and not empty. */
    boolean has(String name) {
        return !text(name).isEmpty();
    }

    /** The lines of a field that are not empty, without white space around them. */
    List<String> lines(String name) {
        return Stream.of(text(name).split("\\R", -1))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
