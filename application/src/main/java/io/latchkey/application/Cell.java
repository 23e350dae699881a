package io.latchkey.application;

/** A value in a {@link Table}. */
public sealed interface Cell {
    /** A whole number. */
    record Whole(long value) implements Cell {}

    /** Any other number, which may be infinite. */
    record Real(double value) implements Cell {}

    /** A text, or a moment written as one. */
    record Text(String value) implements Cell {}

    /** The absence of a value. */
    enum Nothing implements Cell {
        NULL
    }
}
