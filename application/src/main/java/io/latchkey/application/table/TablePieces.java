package io.latchkey.application.table;

import io.latchkey.application.table.Table.Cell;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** The text of a table: what comes before the rows, a piece for each row, and what comes after. */
final class TablePieces implements Iterator<String> {
    private enum Place {
        BEFORE,
        FIRST,
        FURTHER,
        AFTER
    }

    private final String before;
    private final String between;
    private final String afterSome;
    private final String afterNone;
    private final Iterator<List<Cell>> rows;
    private final Function<List<Cell>, String> row;
    private Place place = Place.BEFORE;

    /**
     * A text from its beginning.
     *
     * @param between separates two rows
     * @param afterSome follows the last row
     * @param afterNone used if there are no rows
     */
    TablePieces(
            String before,
            String between,
            String afterSome,
            String afterNone,
            Iterator<List<Cell>> rows,
            Function<List<Cell>, String> row) {
        this.before = before;
        this.between = between;
        this.afterSome = afterSome;
        this.afterNone = afterNone;
        this.rows = rows;
        this.row = row;
    }

    @Override
    public boolean hasNext() {
        return place != Place.AFTER;
    }

    @Override
    public String next() {
        return switch (place) {
            case BEFORE -> {
                place = Place.FIRST;
                yield before;
            }
            case FIRST -> rows.hasNext() ? further("") : end(afterNone);
            case FURTHER -> rows.hasNext() ? further(between) : end(afterSome);
            case AFTER -> throw new NoSuchElementException();
        };
    }

    private String further(String separator) {
        place = Place.FURTHER;
        return separator + row.apply(rows.next());
    }

    private String end(String after) {
        place = Place.AFTER;
        return after;
    }
}
