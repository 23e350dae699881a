package io.latchkey.http;

/** A JSON text is not what was expected; the message is a sentence for whoever wrote it. */
@SuppressWarnings("serial") // never serialized
final class BadJson extends RuntimeException {
    private static final int SHOWN = 64;

    private final String field;
    private final String sentence;

    /** The text as a whole is wrong. */
    BadJson(String sentence) {
        this("", sentence);
    }

    /** One field is wrong. */
    BadJson(String field, String sentence) {
        super(sentence, null, false, false);
        this.field = field;
        this.sentence = sentence;
    }

    /** The field that is wrong; empty for the text as a whole. */
    String field() {
        return field;
    }

    String sentence() {
        return sentence;
    }

    /** A name from the text, short and printable enough for a message. */
    static String quoted(String name) {
        String start = name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
        return start.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
