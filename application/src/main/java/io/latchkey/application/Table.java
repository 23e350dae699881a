package io.latchkey.application;

import java.util.Collections;
import java.util.List;

/**
 * What a query found.
 *
 * @param columns their names, all different
 * @param rows each with as many cells as there are columns; may be made as they are looked at
 */
public record Table(List<String> columns, List<List<Cell>> rows) {
    public Table {
        columns = List.copyOf(columns);
        rows = Collections.unmodifiableList(rows);
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
