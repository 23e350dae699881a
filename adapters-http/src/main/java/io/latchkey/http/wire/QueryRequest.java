package io.latchkey.http.wire;

import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.TableFormat;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An SQL query in a request (contract 1.10.1). Other fields are ignored, including parameters of the statement, because
 * statements have no placeholders.
 */
public record QueryRequest(SystemQuery query, Optional<TableFormat> format) {
    private static final String UNKNOWN_FORMAT =
            "unknown variant `%s`, expected one of `parquet`, `csv`, `pretty`, `json`, `json_lines`";

    /** Reads the query of a URL. */
    public static QueryRequest ofUrl(String url) {
        if (url.isEmpty()) {
            throw new ProblemException(Problem.badRequest("missing query parameters 'db' and 'q'"));
        }
        SystemQuery query = new SystemQuery(parameter(url, "db"), parameter(url, "q"));
        return new QueryRequest(
                query,
                optionalParameter(url, "format")
                        .map(name -> TableMediaTypes.named(name)
                                .orElseThrow(() -> serde(
                                        String.format(Locale.ROOT, UNKNOWN_FORMAT, JsonException.quoted(name))))));
    }

    /** Reads a JSON body. */
    public static QueryRequest ofJson(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        SystemQuery query = new SystemQuery(json.text("db"), json.text("q"));
        Optional<String> format = json.isNull("format") ? Optional.empty() : json.optionalText("format");
        return new QueryRequest(
                query,
                format.map(name -> TableMediaTypes.named(name)
                        .orElseThrow(() -> new JsonException(
                                "format", String.format(Locale.ROOT, UNKNOWN_FORMAT, JsonException.quoted(name))))));
    }

    /** Writes a JSON body that InfluxDB 3 accepts, too. */
    public static byte[] write(SystemQuery query, TableFormat format) {
        return JsonWriter.object(json ->
                json.with("db", query.database()).with("q", query.sql()).with("format", TableMediaTypes.name(format)));
    }

    private static String parameter(String url, String name) {
        return optionalParameter(url, name).orElseThrow(() -> serde("missing field `" + name + "`"));
    }

    private static Optional<String> optionalParameter(String url, String name) {
        List<String> values = PercentEncoding.values(url, name);
        if (values.size() > 1) {
            throw serde("duplicate field `" + name + "`");
        }
        return values.stream().findFirst();
    }

    private static ProblemException serde(String sentence) {
        return new ProblemException(Problem.badRequest("serde error: " + sentence));
    }
}
