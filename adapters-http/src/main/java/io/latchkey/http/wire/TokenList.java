package io.latchkey.http.wire;

import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.domain.TokenFailure;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Common parts of bodies with several tokens: the tokens, and whether it is a dry run. */
final class TokenList {
    static final String TOKENS = "tokens";
    static final String DRY_RUN = "dry_run";

    private TokenList() {}

    /**
     * Reads the tokens in a body; a failure names the index of its token.
     *
     * @param permitted the fields of a token
     */
    static <T> List<T> read(JsonFields body, List<String> permitted, Function<JsonFields, T> reader) {
        List<T> tokens = new ArrayList<>();
        for (Json element : body.elements(TOKENS)) {
            try {
                tokens.add(reader.apply(JsonFields.of(element, permitted)));
            } catch (TokenFailure e) {
                throw new ChangeRefused(tokens.size(), e);
            } catch (JsonException e) {
                throw new JsonException(e.field(), TOKENS + "[" + tokens.size() + "]: " + e.sentence());
            }
        }
        return tokens;
    }

    static DryRun readRun(JsonFields body) {
        return body.truth(DRY_RUN) ? DryRun.YES : DryRun.NO;
    }
}
