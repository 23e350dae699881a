package io.latchkey.http.wire;

import io.latchkey.application.table.TableFormat;
import io.latchkey.http.json.JsonException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The formats of tables as requests name them, and as answers do (contract 1.10.1 and 1.10.2). */
public final class TableMediaTypes {
    private static final Map<String, TableFormat> BY_NAME = Map.of(
            "csv", TableFormat.CSV,
            "pretty", TableFormat.PRETTY,
            "json", TableFormat.JSON,
            "json_lines", TableFormat.JSONL,
            "jsonl", TableFormat.JSONL);

    private TableMediaTypes() {}

    /** The format of a name; empty if there is none. */
    static Optional<TableFormat> named(String name) {
        if (name.equals("parquet")) {
            throw noParquet();
        }
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The format that a request accepts, when it does not name one. */
    public static TableFormat accepted(@Nullable String accept) {
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
                throw new ProblemException(
                        Problem.badRequest("invalid mime type (" + JsonException.quoted(accept) + ")"));
            }
        };
    }

    /** The name of a format that every version of InfluxDB 3 knows. */
    public static String name(TableFormat format) {
        return format == TableFormat.JSONL ? "json_lines" : format.name().toLowerCase(Locale.ROOT);
    }

    /** The content type of an answer. */
    public static String type(TableFormat format) {
        return switch (format) {
            case PRETTY -> "text/plain; charset=utf-8";
            case JSON -> "application/json";
            case JSONL -> "application/jsonl";
            case CSV -> "text/csv";
        };
    }

    private static ProblemException noParquet() {
        return new ProblemException(
                Problem.badRequest("the format parquet is not supported: use json, json_lines, csv or pretty"));
    }
}
