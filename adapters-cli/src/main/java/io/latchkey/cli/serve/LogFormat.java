package io.latchkey.cli.serve;

/** The format of log lines. */
public enum LogFormat {
    /** A line for a person. */
    TEXT,
    /** An object a line, for a program. */
    JSON
}
