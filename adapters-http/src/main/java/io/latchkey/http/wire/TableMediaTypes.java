package io.latchkey.http.wire;

import io.latchkey.application.table.TableFormat;
import io.latchkey.http.json.JsonException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names of table formats in requests, and their media types in responses (contract 1.10.1 and 1.10.2). */
public final class TableMediaTypes {
    private static final Map<String, TableFormat> BY_NAME = Map.of(
            "csv", TableFormat.CSV,
            "pretty", TableFormat.PRETTY,
            "json", TableFormat.JSON,
            "json_lines", TableFormat.JSONL,
            "jsonl", TableFormat.JSONL);

    private TableMediaTypes() {}

    /** The format with a name; empty if unknown. */
    static Optional<TableFormat> named(String name) {
        if (name.equals("parquet")) {
            throw noParquet();
        }
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The format for an {@code Accept} header, if the request does not name a format. */
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

    /** The name of a format in requests, as every version of InfluxDB 3 accepts it. */
    public static String name(TableFormat format) {
        return format == TableFormat.JSONL ? "json_lines" : format.name().toLowerCase(Locale.ROOT);
    }

    /** The content type of a response. */
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
