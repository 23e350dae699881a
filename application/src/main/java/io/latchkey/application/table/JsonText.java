package io.latchkey.application.table;

/** JSON strings (RFC 8259), escaped as InfluxDB does in its tables. */
public final class JsonText {
    private JsonText() {}

    /** A string in quotes. */
    public static String string(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(c < 0x10 ? '0' : '1').append(Character.forDigit(c & 0xf, 16));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
