package io.latchkey.cli;

/** The form of log lines. */
enum LogFormat {
    /** A line for a person. */
    TEXT,
    /** An object a line, for a program. */
    JSON
}
