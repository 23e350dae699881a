package io.latchkey.http.wire;

import io.latchkey.application.TokenUse;
import io.latchkey.domain.TokenId;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.util.List;
import java.util.Optional;

/** JSON of the uses of a token: fields of the object of the token. */
public final class TokenUseJson {
    private static final String GENERATIONS = "generations";

    private TokenUseJson() {}

    /** Writes the uses of one token: in total and for each secret. */
    static void write(JsonWriter json, List<TokenUse> uses) {
        Optional<TokenUse> all = uses.stream().reduce(TokenUse::and);
        write(json, all);
        json.withNumber("last_used_generation", all.map(use -> (long) use.generation()))
                .with("last_used_accuracy_seconds", TokenUse.ACCURACY.toSeconds())
                .withObjects(GENERATIONS, uses, (object, use) -> {
                    object.with("generation", use.generation());
                    write(object, Optional.of(use));
                });
    }

    private static void write(JsonWriter json, Optional<TokenUse> use) {
        json.withInstant("last_used_at", use.map(TokenUse::last))
                .withText("last_used_from", use.flatMap(TokenUse::from))
                .with("use_count", use.map(TokenUse::count).orElse(0L));
    }

    /** Reads the uses; empty from a server that does not record them. */
    public static List<TokenUse> read(Json token) {
        JsonFields json = JsonFields.of(token);
        TokenId id = new TokenId(whole(json, "id"));
        if (!(json.value(GENERATIONS).orElse(token) instanceof Json.Array generations)) {
            return List.of();
        }
        return generations.inOrder().stream()
                .map(JsonFields::of)
                .map(use -> new TokenUse(
                        id,
                        Math.toIntExact(whole(use, "generation")),
                        use.optionalInstant("last_used_at").orElseThrow(() -> JsonFields.missing("last_used_at")),
                        use.isNull("last_used_from") ? Optional.empty() : use.optionalText("last_used_from"),
                        whole(use, "use_count")))
                .toList();
    }

    private static long whole(JsonFields json, String field) {
        return json.optionalWhole(field).orElseThrow(() -> JsonFields.missing(field));
    }
}
