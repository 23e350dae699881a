package io.latchkey.application;

import java.util.List;

/**
 * What a query found.
 *
 * @param columns their names, all different
 * @param rows each with as many cells as there are columns
 */
public record Table(List<String> columns, List<List<Cell>> rows) {
    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
