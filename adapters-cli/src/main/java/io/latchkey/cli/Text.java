package io.latchkey.cli;

import io.latchkey.application.Printable;

/** How text that others chose is shown, so that it neither breaks a line nor passes for something else. */
final class Text {
    private Text() {}

    /** The printable text in double quotes. */
    static String quoted(String text) {
        return Printable.quoted(text);
    }

    /** A number of tokens in words, such as {@code 2 tokens}. */
    static String counted(int tokens) {
        return tokens == 1 ? "1 token" : tokens + " tokens";
    }
}
