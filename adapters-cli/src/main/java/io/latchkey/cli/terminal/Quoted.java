package io.latchkey.cli.terminal;

import io.latchkey.application.table.TerminalText;

/** Formats text of others for output, so that it cannot break a line or look like other output. */
public final class Quoted {
    private Quoted() {}

    /** The printable text in double quotes. */
    public static String quoted(String text) {
        return TerminalText.quoted(text);
    }

    /** A number of tokens in words, such as {@code 2 tokens}. */
    public static String counted(int tokens) {
        return tokens == 1 ? "1 token" : tokens + " tokens";
    }
}
