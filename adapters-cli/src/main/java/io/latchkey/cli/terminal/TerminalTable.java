package io.latchkey.cli.terminal;

import io.latchkey.application.table.TerminalText;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that fits the width of a terminal, with each row on one line.
 *
 * <p>If the terminal is too narrow, the last column is cut if it is prose; then columns are omitted from the right,
 * down to two; finally the first column is cut.
 */
public final class TerminalTable {
    private static final int GAP = 2;
    private static final int KEPT = 2;
    private static final int LEAST_PROSE = 12;

    private final List<Column> columns = new ArrayList<>();

    /** A cell: printable text with a style. */
    public record Cell(String text, Style ink) {
        /** A cell with text of others, made printable. */
        public static Cell of(String text) {
            return new Cell(TerminalText.of(text), Style.PLAIN);
        }
    }

    /**
     * A column with its heading.
     *
     * @param width preferred width
     * @param least minimum width
     */
    private record Column(Cell head, List<Cell> cells, int width, int least) {
        static Column of(String head, List<Cell> cells, int least) {
            int width = cells.stream()
                    .mapToInt(cell -> TerminalText.width(cell.text()))
                    .reduce(head.length(), Math::max);
            return new Column(new Cell(head, Style.BOLD), cells, width, Math.min(width, least));
        }

        Column narrowed(int to) {
            return new Column(head, cells, to, to);
        }
    }

    /** Adds a column that is never cut; all columns have the same number of cells. */
    public TerminalTable with(String head, List<Cell> cells) {
        columns.add(Column.of(head, cells, Integer.MAX_VALUE));
        return this;
    }

    /** Adds a column that may be cut. */
    public TerminalTable withProse(String head, List<Cell> cells) {
        columns.add(Column.of(head, cells, LEAST_PROSE));
        return this;
    }

    /** Formats the table for an environment. */
    public String on(Environment environment) {
        List<Column> shown = fitting(environment.columns());
        boolean colourful = environment.isColourful();
        StringBuilder lines = new StringBuilder();
        write(lines, shown, shown.stream().map(Column::head).toList(), colourful);
        for (int row = 0; row < shown.getFirst().cells().size(); row++) {
            int at = row;
            write(
                    lines,
                    shown,
                    shown.stream().map(column -> column.cells().get(at)).toList(),
                    colourful);
        }
        return lines.toString();
    }

    private List<Column> fitting(int width) {
        List<Column> shown = new ArrayList<>(columns);
        while (true) {
            Column last = shown.getLast();
            int room = width - total(shown) + last.width();
            if (room >= last.least()) {
                shown.set(shown.size() - 1, last.narrowed(Math.min(room, last.width())));
                return shown;
            }
            if (shown.size() <= KEPT) {
                Column first = shown.getFirst();
                shown.set(0, first.narrowed(Math.max(1, width - total(shown) + first.width())));
                return shown;
            }
            shown.removeLast();
        }
    }

    private static int total(List<Column> columns) {
        return columns.stream().mapToInt(Column::width).sum() + GAP * (columns.size() - 1);
    }

    private static void write(StringBuilder lines, List<Column> columns, List<Cell> cells, boolean colourful) {
        StringBuilder line = new StringBuilder();
        int missing = 0;
        for (int i = 0; i < columns.size(); i++) {
            String text = TerminalText.cut(cells.get(i).text(), columns.get(i).width());
            if (!text.isEmpty()) {
                line.repeat(' ', missing).append(colourful ? cells.get(i).ink().on(text) : text);
                missing = 0;
            }
            missing += columns.get(i).width() - TerminalText.width(text) + GAP;
        }
        lines.append(line).append('\n');
    }
}
