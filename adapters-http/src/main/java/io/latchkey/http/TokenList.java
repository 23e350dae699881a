package io.latchkey.http;

import io.latchkey.application.ChangeRefused;
import io.latchkey.application.Run;
import io.latchkey.domain.TokenFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What bodies that are about several tokens have in common: the tokens, and whether something is to be done. */
final class TokenList {
    static final String TOKENS = "tokens";
    static final String DRY_RUN = "dry_run";

    private TokenList() {}

    /**
     * The tokens in a body, each refused by its place.
     *
     * @param known the fields that a token may have
     */
    static <T> List<T> read(JsonFields body, List<String> known, Function<JsonFields, T> reader) {
        List<T> tokens = new ArrayList<>();
        for (Json element : body.elements(TOKENS)) {
            try {
                tokens.add(reader.apply(JsonFields.of(element, known)));
            } catch (TokenFailure e) {
                throw new ChangeRefused(tokens.size(), e);
            } catch (BadJson e) {
                throw new BadJson(e.field(), TOKENS + "[" + tokens.size() + "]: " + e.sentence());
            }
        }
        return tokens;
    }

    static Run readRun(JsonFields body) {
        return body.truth(DRY_RUN) ? Run.DRY : Run.REAL;
    }
}
