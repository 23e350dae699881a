package io.latchkey.http.json;

/** A JSON text is not what was expected; the message is a sentence for whoever wrote it. */
public @SuppressWarnings("serial") // never serialized
final class JsonException extends RuntimeException {
    private static final int SHOWN = 64;

    private final String field;
    private final String sentence;

    /** The text as a whole is wrong. */
    public JsonException(String sentence) {
        this("", sentence);
    }

    /** One field is wrong. */
    public JsonException(String field, String sentence) {
        super(sentence, null, false, false);
        this.field = field;
        this.sentence = sentence;
    }

    /** The field that is wrong; empty for the text as a whole. */
    public String field() {
        return field;
    }

    public String sentence() {
        return sentence;
    }

    /** A name from the text, short and printable enough for a message. */
    public static String quoted(String name) {
        String start = name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
        return start.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
