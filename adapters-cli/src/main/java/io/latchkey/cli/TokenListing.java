package io.latchkey.cli;

import io.latchkey.domain.Token;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tokens as InfluxDB's {@code system.tokens} lists them (contract 1.10.3 and 1.10.4). */
enum TokenListing {
    PRETTY {
        @Override
        String of(List<Token> tokens) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(COLUMNS.stream().map(Column::name).toList());
            tokens.forEach(token -> rows.add(
                    COLUMNS.stream().map(c -> Text.printable(c.text(token))).toList()));
            return table(rows);
        }
    },
    JSON {
        @Override
        String of(List<Token> tokens) {
            return tokens.stream().map(TokenListing::object).collect(Collectors.joining(",", "[", "]\n"));
        }
    },
    JSONL {
        @Override
        String of(List<Token> tokens) {
            return tokens.stream().map(token -> object(token) + "\n").collect(Collectors.joining());
        }
    },
    CSV {
        @Override
        String of(List<Token> tokens) {
            StringBuilder csv =
                    new StringBuilder(COLUMNS.stream().map(Column::name).collect(Collectors.joining(",")));
            for (Token token : tokens) {
                csv.append('\n')
                        .append(COLUMNS.stream().map(c -> field(c.text(token))).collect(Collectors.joining(",")));
            }
            return csv.append('\n').toString();
        }
    };

    private static final List<Column> COLUMNS = List.of(
            new Column("token_id", token -> Optional.of(token.id().value())),
            new Column("name", token -> Optional.of(token.name().value())),
            new Column("hash", token -> Optional.of(token.digest().abbreviated())),
            new Column("created_at", token -> Optional.of(time(token.createdAt()))),
            new Column(
                    "description",
                    token -> Optional.of(token.description().text()).filter(text -> !text.isEmpty())),
            new Column("created_by_token_id", token -> token.createdBy().map(id -> id.value())),
            new Column("updated_at", token -> token.lastChange().map(change -> time(change.at()))),
            new Column(
                    "updated_by_token_id",
                    token -> token.lastChange().flatMap(Token.LastChange::by).map(id -> id.value())),
            new Column("expiry", token -> token.expiry().end().map(TokenListing::time)),
            new Column("permissions", token -> Optional.of("*:*:*")));

    /** The listing, with a line feed at its end. */
    abstract String of(List<Token> tokens);

    /** A property as it is listed: a Long or a String, or nothing. */
    private record Column(String name, Function<Token, Optional<?>> value) {
        String text(Token token) {
            return value.apply(token).map(Object::toString).orElse("");
        }
    }

    private static String time(Instant instant) {
        String text = instant.toString();
        return text.substring(0, text.length() - 1); // the column has no zone
    }

    private static String object(Token token) {
        return COLUMNS.stream()
                .flatMap(
                        column -> column
                                .value()
                                .apply(token)
                                .map(value -> Json.string(column.name()) + ":" + Json.value(value))
                                .stream())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String table(List<List<String>> rows) {
        int[] widths = new int[COLUMNS.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Text.width(row.get(i)));
            }
        }
        StringBuilder border = new StringBuilder("+");
        for (int width : widths) {
            border.append("-".repeat(width + 2)).append('+');
        }
        border.append('\n');
        StringBuilder table = new StringBuilder(border);
        for (int r = 0; r < rows.size(); r++) {
            for (int i = 0; i < widths.length; i++) {
                String cell = rows.get(r).get(i);
                table.append("| ").append(cell).append(" ".repeat(widths[i] - Text.width(cell) + 1));
            }
            table.append("|\n");
            if (r == 0) {
                table.append(border);
            }
        }
        return rows.size() == 1 ? table.toString() : table.append(border).toString();
    }
}
