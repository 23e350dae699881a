package io.latchkey.application.table;

import io.latchkey.application.table.Table.Cell;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An output format, byte for byte as InfluxDB writes it (contract 1.10.4).
 *
 * <p>Takes time proportional to the length of the output.
 */
public enum TableFormat {
    /** For people: aligned columns in a frame; no line feed at the end. */
    PRETTY {
        @Override
        public Iterator<String> pieces(Table table) {
            return table.columns().isEmpty() ? List.<String>of().iterator() : TableFrame.pieces(table);
        }
    },
    /** One array of objects; null values are omitted. */
    JSON {
        @Override
        public Iterator<String> pieces(Table table) {
            List<String> keys = keys(table);
            return new TablePieces("[", ",", "]", "]", table.rows().iterator(), row -> object(keys, row));
        }
    },
    /** One object per line; null values are omitted. */
    JSONL {
        @Override
        public Iterator<String> pieces(Table table) {
            List<String> keys = keys(table);
            return new TablePieces("", "", "", "", table.rows().iterator(), row -> object(keys, row) + "\n");
        }
    },
    /** RFC 4180 with LF line ends, quoted only where necessary; null is empty. */
    CSV {
        @Override
        public Iterator<String> pieces(Table table) {
            String head = table.columns().stream().map(TableFormat::field).collect(Collectors.joining(",", "", "\n"));
            return new TablePieces(head, "", "", "", table.rows().iterator(), TableFormat::line);
        }
    };

    /**
     * The table as text, created lazily in pieces of about one row.
     *
     * <p>{@link #PRETTY} reads the rows twice, the first time before this returns, to find the widths; a row that
     * changes in between may not fit its column.
     */
    public abstract Iterator<String> pieces(Table table);

    /** The whole table as text. */
    public String write(Table table) {
        StringBuilder text = new StringBuilder();
        pieces(table).forEachRemaining(text::append);
        return text.toString();
    }

    static String text(Cell cell) {
        return switch (cell) {
            case Cell.Whole(var value) -> Long.toString(value);
            case Cell.Real(var value) -> Double.toString(value);
            case Cell.Text(var value) -> value;
            case Cell.Nothing _ -> "";
        };
    }

    private static String line(List<Cell> row) {
        return row.stream().map(cell -> field(text(cell))).collect(Collectors.joining(",", "", "\n"));
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static List<String> keys(Table table) {
        return table.columns().stream().map(name -> JsonText.string(name) + ":").toList();
    }

    private static String object(List<String> keys, List<Cell> row) {
        StringBuilder json = new StringBuilder("{");
        String comma = "";
        for (int i = 0; i < keys.size(); i++) {
            String value = json(row.get(i));
            if (!value.isEmpty()) {
                json.append(comma).append(keys.get(i)).append(value);
                comma = ",";
            }
        }
        return json.append('}').toString();
    }

    /** A JSON value; empty for values that JSON cannot represent. */
    private static String json(Cell cell) {
        return switch (cell) {
            case Cell.Whole(var value) -> Long.toString(value);
            case Cell.Real(var value) -> Double.isFinite(value) ? Double.toString(value) : "";
            case Cell.Text(var value) -> JsonText.string(value);
            case Cell.Nothing _ -> "";
        };
    }

    /** A framed table whose columns are as wide as their widest value. */
    private static final class TableFrame {
        private final int[] widths;

        private TableFrame(int[] widths) {
            this.widths = widths;
        }

        static Iterator<String> pieces(Table table) {
            List<String> head = table.columns().stream().map(TerminalText::of).toList();
            TableFrame frame =
                    new TableFrame(head.stream().mapToInt(TerminalText::width).toArray());
            table.rows().forEach(frame::widen);
            String border = Arrays.stream(frame.widths)
                    .mapToObj(width -> "-".repeat(width + 2))
                    .collect(Collectors.joining("+", "+", "+"));
            return new TablePieces(
                    border + "\n" + frame.line(head) + "\n" + border,
                    "",
                    "\n" + border,
                    "",
                    table.rows().iterator(),
                    row -> "\n" + frame.line(shown(row)));
        }

        private void widen(List<Cell> row) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], TerminalText.width(shown(row.get(i))));
            }
        }

        private static List<String> shown(List<Cell> row) {
            return row.stream().map(TableFrame::shown).toList();
        }

        private static String shown(Cell cell) {
            return TerminalText.of(text(cell));
        }

        private String line(List<String> cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = cells.get(i);
                line.append("| ").append(cell).repeat(' ', Math.max(0, widths[i] - TerminalText.width(cell)) + 1);
            }
            return line.append('|').toString();
        }
    }
}
