package io.latchkey.application.table;

import java.util.List;

/**
 * The result of a query.
 *
 * @param columns distinct names
 * @param rows each with one cell per column; may be computed or read lazily, again for each iteration
 */
public record Table(List<String> columns, Iterable<List<Cell>> rows) {
    public Table {
        columns = List.copyOf(columns);
    }

    /** A value in a table. */
    public sealed interface Cell {
        /** An integer. */
        record Whole(long value) implements Cell {}

        /** A floating-point number; may be infinite. */
        record Real(double value) implements Cell {}

        /** Text, or a timestamp as text. */
        record Text(String value) implements Cell {}

        /** Null. */
        enum Nothing implements Cell {
            NULL
        }
    }
}
