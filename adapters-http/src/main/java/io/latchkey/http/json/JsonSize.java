package io.latchkey.http.json;

/** Estimates the memory that a JSON text takes after parsing, without parsing it. */
public final class JsonSize {
    /** Average size of one parsed value and its entry in an array or object, in bytes. */
    public static final int VALUE = 96;

    private JsonSize() {}

    /** Upper bound of the number of values and member names in a JSON text. */
    public static int values(byte[] utf8) {
        int values = 1;
        boolean quoted = false;
        for (int i = 0; i < utf8.length; i++) {
            switch (utf8[i]) {
                case '"' -> quoted = !quoted;
                case '\\' -> i += quoted ? 1 : 0;
                case ',', ':', '[', '{' -> values += quoted ? 0 : 1;
                default -> {}
            }
        }
        return values;
    }
}
