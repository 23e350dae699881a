package io.latchkey.cli.terminal;

/** The style of a word on a terminal. */
public enum Style {
    PLAIN(""),
    BOLD("\u001b[1m"),
    FAINT("\u001b[2m"),
    RED("\u001b[31m"),
    YELLOW("\u001b[33m");

    private final String mark;

    Style(String mark) {
        this.mark = mark;
    }

    /** The text in this style. */
    String on(String text) {
        return this == PLAIN ? text : mark + text + "\u001b[0m";
    }
}
