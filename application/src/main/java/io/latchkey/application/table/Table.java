package io.latchkey.application.table;

import java.util.List;

/**
 * What a query found.
 *
 * @param columns their names, all different
 * @param rows each with as many cells as there are columns; may be made, or read from a store, as they are looked at,
 *     and anew each time
 */
public record Table(List<String> columns, Iterable<List<Cell>> rows) {
    public Table {
        columns = List.copyOf(columns);
    }

    /** A value in a table. */
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
}
