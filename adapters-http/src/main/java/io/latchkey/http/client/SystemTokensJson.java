package io.latchkey.http.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.TokenSummary;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.NotBefore;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Reads the rows of {@code system.tokens} as every InfluxDB 3 returns them in JSON (contract 1.10.3). */
final class SystemTokensJson {
    private SystemTokensJson() {}

    /** The tokens in a table; without their uses. */
    static List<TokenSummary> read(String table) {
        if (!(Json.parse(table.getBytes(UTF_8)) instanceof Json.Array(var rows))) {
            throw new JsonException("expected an array");
        }
        return rows.stream().map(JsonFields::of).map(SystemTokensJson::read).toList();
    }

    private static TokenSummary read(JsonFields row) {
        try {
            return new TokenSummary(
                    row.text("name"),
                    timestamp(row, "expiry").map(Expiry::at).orElse(Expiry.NEVER),
                    Optional.empty(),
                    timestamp(row, "created_at").orElseThrow(() -> JsonFields.missing("created_at")),
                    row.optionalText("description").orElse(""),
                    Optional.empty(),
                    NotBefore.NONE,
                    row.optionalText("permissions").orElse(TokenSummary.ADMIN),
                    "");
        } catch (DateTimeException | ArithmeticException e) {
            throw new JsonException("expected timestamps without a zone");
        }
    }

    private static Optional<Instant> timestamp(JsonFields row, String column) {
        return row.optionalText(column).map(text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    }
}
