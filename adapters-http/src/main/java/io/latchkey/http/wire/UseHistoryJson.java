package io.latchkey.http.wire;

import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.application.usage.UseHistory;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** JSON of the uses of a token over time. */
public final class UseHistoryJson {
    static final String DAYS = "days";
    private static final String HOURS = "hours";
    private static final String AS_OF = "as_of";
    private static final String START = "start";

    private UseHistoryJson() {}

    /** Writes the history of a token. */
    public static byte[] write(UseHistory history) {
        return JsonWriter.object(json -> {
            json.with(AS_OF, history.asOf().toString());
            json.with("kept_days", UsePeriod.DAY.kept());
            write(json, DAYS, history.days());
            json.with("kept_hours", UsePeriod.HOUR.kept());
            write(json, HOURS, history.hours());
        });
    }

    /** Writes hours or days as a member of an open object. */
    static void write(JsonWriter json, String name, List<PeriodUse> periods) {
        json.withObjects(name, periods, (object, period) -> {
            object.with(START, period.start().toString());
            period.counts().byName().forEach(object::with);
        });
    }

    /** Reads the history of a token. */
    public static UseHistory read(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        return new UseHistory(instant(json, AS_OF), read(json, DAYS), read(json, HOURS));
    }

    /** Reads the days of a token in a list; empty if they were not asked for. */
    static Optional<List<PeriodUse>> readDays(JsonFields token) {
        return token.has(DAYS) ? Optional.of(read(token, DAYS)) : Optional.empty();
    }

    private static List<PeriodUse> read(JsonFields json, String name) {
        return json.elements(name).stream()
                .map(JsonFields::of)
                .map(period -> new PeriodUse(instant(period, START), UseCounts.of(count -> whole(period, count))))
                .toList();
    }

    private static Instant instant(JsonFields json, String field) {
        return json.optionalInstant(field).orElseThrow(() -> JsonFields.missing(field));
    }

    private static long whole(JsonFields json, String field) {
        return json.optionalWhole(field).orElseThrow(() -> JsonFields.missing(field));
    }
}
