package io.latchkey.http;

import io.latchkey.application.TableFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The formats of tables as requests name them, and as answers do (contract 1.10.1 and 1.10.2). */
final class TableTypes {
    private static final Map<String, TableFormat> BY_NAME = Map.of(
            "csv", TableFormat.CSV,
            "pretty", TableFormat.PRETTY,
            "json", TableFormat.JSON,
            "json_lines", TableFormat.JSONL,
            "jsonl", TableFormat.JSONL);

    private TableTypes() {}

    /** The format of a name; empty if there is none. */
    static Optional<TableFormat> named(String name) {
        if (name.equals("parquet")) {
            throw noParquet();
        }
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The format that a request accepts, when it does not name one. */
    static TableFormat accepted(@Nullable String accept) {
        if (accept == null) {
            return TableFormat.JSON;
        }
        return switch (accept) {
            case "application/json" -> TableFormat.JSON;
            case "text/csv" -> TableFormat.CSV;
            case "text/plain" -> TableFormat.PRETTY;
            case "application/vnd.apache.parquet", "application/parquet" -> throw noParquet();
            default -> {
                if (accept.contains("*/*") || accept.contains("text/html")) {
                    yield TableFormat.JSON;
                }
                throw new RefusedRequest(Refusal.badRequest("invalid mime type (" + BadJson.quoted(accept) + ")"));
            }
        };
    }

    /** The name of a format that every version of InfluxDB 3 knows. */
    static String name(TableFormat format) {
        return format == TableFormat.JSONL ? "json_lines" : format.name().toLowerCase(Locale.ROOT);
    }

    /** The content type of an answer. */
    static String type(TableFormat format) {
        return switch (format) {
            case PRETTY -> "text/plain; charset=utf-8";
            case JSON -> "application/json";
            case JSONL -> "application/jsonl";
            case CSV -> "text/csv";
        };
    }

    private static RefusedRequest noParquet() {
        return new RefusedRequest(
                Refusal.badRequest("the format parquet is not offered: ask for json, json_lines, csv or pretty"));
    }
}
