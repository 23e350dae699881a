package io.latchkey.application;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import java.time.Instant;

/** The format of exported tokens: one token a line, as a JSON object. */
public interface TokenLines {
    /** A token as one line, with all its properties; without a line feed. */
    String write(Token token);

    /**
     * Reads a token from one line; name and digest are required.
     *
     * @param now creation time of a token whose line has none
     * @throws TokenFailure.Invalid if the line is not a token
     */
    Token read(String line, Instant now);
}
