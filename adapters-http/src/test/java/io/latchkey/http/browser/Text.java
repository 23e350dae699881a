package io.latchkey.http.browser;

/** Texts in XPath, which knows no escapes. */
final class Text {
    private Text() {}

    static String literal(String text) {
        return "concat('', '" + text.replace("'", "', \"'\", '") + "')";
    }
}
