package io.latchkey.application;

import io.latchkey.domain.Token;
import java.util.List;

/**
 * The result of a purge.
 *
 * @param tokens the deleted tokens, as they were
 * @param more whether more tokens may qualify; another call deletes them
 */
public record PurgedTokens(List<Token> tokens, boolean more) {
    /** Maximum number of tokens for each call. */
    public static final int MOST = 10_000;

    public PurgedTokens {
        tokens = List.copyOf(tokens);
    }
}
