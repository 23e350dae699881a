package io.latchkey.http.json;

/** A JSON text is invalid; the message is a sentence for the sender of the text. */
public @SuppressWarnings("serial") // never serialized
final class JsonException extends RuntimeException {
    private static final int SHOWN = 64;

    private final String field;
    private final String sentence;

    /** The text as a whole is invalid. */
    public JsonException(String sentence) {
        this("", sentence);
    }

    /** One field is invalid. */
    public JsonException(String field, String sentence) {
        super(sentence, null, false, false);
        this.field = field;
        this.sentence = sentence;
    }

    /** The name of the invalid field; empty for the text as a whole. */
    public String field() {
        return field;
    }

    /** The message. */
    public String sentence() {
        return sentence;
    }

    /** Text of a client for use in a message: at most 64 characters, control characters replaced by question marks. */
    public static String quoted(String name) {
        String start = name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
        return start.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
