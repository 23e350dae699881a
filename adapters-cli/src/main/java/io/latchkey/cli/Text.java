package io.latchkey.cli;

import io.latchkey.application.Printable;
import java.util.regex.Pattern;

/** How text that others chose is shown, so that it neither breaks a line, nor passes for something else, nor leaks. */
final class Text {
    private static final Pattern SECRET = Pattern.compile("apiv3_[A-Za-z0-9_%-]+");

    private Text() {}

    /** The printable text in double quotes. */
    static String quoted(String text) {
        return '"' + Printable.of(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /** The text without the secrets in it, for whatever was not meant to hold one. */
    static String masked(String text) {
        return SECRET.matcher(text).replaceAll("apiv3_***");
    }
}
