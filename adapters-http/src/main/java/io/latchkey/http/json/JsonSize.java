package io.latchkey.http.json;

/** How much memory a JSON text takes once it is read, told without reading it. */
public final class JsonSize {
    /** What one value takes with its place in an array or object, in bytes, on average. */
    public static final int VALUE = 96;

    private JsonSize() {}

    /** How many values a text may hold, names of members included; never too few if it is a JSON text. */
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
