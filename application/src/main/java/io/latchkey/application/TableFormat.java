package io.latchkey.application;

import io.latchkey.application.Table.Cell;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A way to write a table, byte for byte as InfluxDB does (contract 1.10.4). */
public enum TableFormat {
    /** For people: aligned, in a frame; ends without a line feed. */
    PRETTY {
        @Override
        public String write(Table table) {
            return table.columns().isEmpty() ? "" : frame(table);
        }
    },
    /** One array of objects without the values that are null. */
    JSON {
        @Override
        public String write(Table table) {
            return objects(table, ",", "[", "]");
        }
    },
    /** The same objects, each on a line. */
    JSONL {
        @Override
        public String write(Table table) {
            return table.rows().isEmpty() ? "" : objects(table, "\n", "", "\n");
        }
    },
    /** RFC 4180 with bare line feeds, quoted where it must be; null is empty. */
    CSV {
        @Override
        public String write(Table table) {
            StringBuilder csv = new StringBuilder();
            csv.append(table.columns().stream().map(TableFormat::field).collect(Collectors.joining(",", "", "\n")));
            for (List<Cell> row : table.rows()) {
                csv.append(row.stream().map(cell -> field(text(cell))).collect(Collectors.joining(",", "", "\n")));
            }
            return csv.toString();
        }
    };

    /** The table as text. */
    public abstract String write(Table table);

    private static String text(Cell cell) {
        return switch (cell) {
            case Cell.Whole(var value) -> Long.toString(value);
            case Cell.Real(var value) -> Double.toString(value);
            case Cell.Text(var value) -> value;
            case Cell.Nothing _ -> "";
        };
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String objects(Table table, String between, String before, String after) {
        List<String> keys =
                table.columns().stream().map(name -> quoted(name) + ":").toList();
        StringBuilder json = new StringBuilder(before);
        String separator = "";
        for (List<Cell> row : table.rows()) {
            json.append(separator).append('{');
            separator = between;
            String comma = "";
            for (int i = 0; i < keys.size(); i++) {
                String value = json(row.get(i));
                if (!value.isEmpty()) {
                    json.append(comma).append(keys.get(i)).append(value);
                    comma = ",";
                }
            }
            json.append('}');
        }
        return json.append(after).toString();
    }

    /** A JSON value; empty for what JSON has no value for. */
    private static String json(Cell cell) {
        return switch (cell) {
            case Cell.Whole(var value) -> Long.toString(value);
            case Cell.Real(var value) -> Double.isFinite(value) ? Double.toString(value) : "";
            case Cell.Text(var value) -> quoted(value);
            case Cell.Nothing _ -> "";
        };
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private static String frame(Table table) {
        List<String> head = table.columns().stream().map(Printable::of).toList();
        int[] widths = head.stream().mapToInt(Printable::width).toArray();
        for (List<Cell> row : table.rows()) {
            List<String> cells = shown(row);
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Printable.width(cells.get(i)));
            }
        }
        String border = Arrays.stream(widths)
                .mapToObj(width -> "-".repeat(width + 2))
                .collect(Collectors.joining("+", "+", "+"));
        StringBuilder frame = new StringBuilder(border).append('\n');
        line(frame, head, widths);
        frame.append(border);
        for (List<Cell> row : table.rows()) {
            line(frame.append('\n'), shown(row), widths);
            frame.setLength(frame.length() - 1);
        }
        return table.rows().isEmpty()
                ? frame.toString()
                : frame.append('\n').append(border).toString();
    }

    private static List<String> shown(List<Cell> row) {
        return row.stream().map(TableFormat::text).map(Printable::of).toList();
    }

    private static void line(StringBuilder frame, List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            frame.append("| ").append(cell).append(" ".repeat(widths[i] - Printable.width(cell) + 1));
        }
        frame.append("|\n");
    }
}
