package io.latchkey.persistence.jdbc;

import io.latchkey.application.TokenLines;
import io.latchkey.domain.Token;
import java.time.Instant;

/** Exported tokens in the JSON of the ledger; found by {@link java.util.ServiceLoader}. */
public final class JsonTokenLines implements TokenLines {
    /** For the loader. */
    public JsonTokenLines() {}

    @Override
    public String write(Token token) {
        return TokenJson.write(token);
    }

    @Override
    public Token read(String line, Instant now) {
        return ImportedToken.read(line, now);
    }
}
